"""By meeting or without: a yes to one never stands for the other, and a change in the middle asks everyone anew."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases import queries as read
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Role, Route
from setfair.cases.route import TOLD, How
from setfair.desk.prepared import lacking
from setfair.exchanges.queries import may_write
from setfair.journal.models import Entry
from setfair.outcomes import actions as closing
from setfair.outcomes import queries as outcomes
from setfair.preparation import actions
from setfair.preparation.home import cards
from setfair.preparation.models import Consent, ConsentText
from setfair.preparation.queries import blockers, circle, keeps_to_their_no
from setfair.scheduling import actions as scheduling
from setfair.scheduling import queries as times
from setfair.village.story import case_at
from setfair.village.time import at, today


def named(case, on=None):
    return [(b.code, b.participation.person.shown if b.participation else None) for b in blockers(case, on)]


def is_found_prepared(case):
    return Case.objects.filter(pk=case.pk).exclude(lacking(today(case.programme))).exists()


def route(story, how, **said):
    return cases.choose_route(story.case, by=story.coordinator, how=how, why="harmed", **said)


def test_a_yes_to_meet_is_no_yes_to_letters_and_the_other_way_round(village, at_scheduled):
    story = at_scheduled
    with village.inside():
        booking = story.booking
        route(story, "letters", words="She would rather write.")
        booking.refresh_from_db()
        assert (story.case.stage, booking.released_at is None) == (Stage.PREPARING, False)
        assert named(story.case) == [
            ("consent", "Hana"),
            ("consent", "Rami"),
            ("guardian", "Rami"),
            ("consent", "Sol"),
            ("consent", "Gail Delacourt"),
        ]
        assert blockers(story.case)[0].sentence == "Hana said yes to a meeting, and not to this. Please ask."
        assert not is_found_prepared(story.case)
        assert [(c.title, c.is_your_turn) for c in cards(story.hana)][:3] == [
            ("Your choice", True),
            ("How we do it", False),
            ("The questions", False),
        ]
        assert "When and where" not in [c.title for c in cards(story.hana)]
        story.hear_every_yes()
        read_texts = ConsentText.objects.filter(pk__in=Consent.objects.values("text"), purpose="take_part")
        assert set(read_texts.values_list("way", flat=True)) == {"meet", "apart"}
        assert (named(story.case), is_found_prepared(story.case)) == ([], True)
        story.declare_ready()
        with pytest.raises(scheduling.CannotBook) as refused:
            first = times.suggestions(story.case, limit=1)[0]
            scheduling.book(story.case, by=story.coordinator, room=first.room, starts_at=first.starts_at, minutes=60)
        assert str(refused.value) == "They do not meet here, so there is no time to book."
        route(story, "messages")
        assert (story.case.stage, named(story.case)) == (Stage.READY, [])
        route(story, "circle")
        assert (story.case.stage, len(named(story.case)), is_found_prepared(story.case)) == (Stage.PREPARING, 5, False)
        assert blockers(story.case)[0].sentence == "Hana said yes to letters or messages, and not to this. Please ask."
        told = Entry.objects.filter(case_id=story.case.pk, verb="chose_route").order_by("id").values_list("detail", flat=True)
        assert list(told) == [{"how": how, "why": "harmed"} for how in ("letters", "messages", "circle")]


@pytest.mark.bad_case("consent for one route but not the other")
def test_no_to_the_one_and_yes_to_the_other(village, at_prepared):
    story = at_prepared
    with village.inside():
        actions.consent(story.hana, by=story.me("hana"), answer="no", method="own")
        assert keeps_to_their_no(story.hana, story.hana)
        route(story, "letters")
        assert not keeps_to_their_no(story.hana, story.hana)
        actions.consent(story.hana, by=story.lead, answer="yes", method="said")
        assert ("consent", "Hana") not in named(story.case)
        actions.withdraw(story.hana, by=story.me("hana"))
        route(story, "conference")
        assert keeps_to_their_no(story.hana, story.hana)
        assert [b.sentence for b in blockers(story.case)] == ["Hana has stopped for now."]


def test_later_rests_and_a_circle_to_come_back_needs_nobody_harmed(village, at_ready):
    story = at_ready
    with village.inside():
        day = timezone.localdate() + timedelta(days=40)
        route(story, "later", look_on=day)
        assert (story.case.stage, read.held(story.case).look_on) == (Stage.PREPARING, day)
        cases.lift(story.case, by=story.coordinator)
        assert [b.sentence for b in blockers(story.case)] == ["It waits for later. Choose how it goes on."]
        assert not is_found_prepared(story.case)
        route(story, "conference")
        assert (named(story.case), is_found_prepared(story.case)) == ([], True)
        cases.let_go(story.hana, by=story.coordinator)
        assert [code for code, _who in named(story.case)] == ["harmed"]
        del story.people["hana"]
        route(story, "reentry")
        assert blockers(story.case)[0].sentence == "Rami said yes to a meeting, and not to this. Please ask."
        story.hear_every_yes()
        assert (named(story.case), is_found_prepared(story.case)) == ([], True)
        route(story, "standin")
        story.hear_every_yes()
        assert ([b.code for b in blockers(story.case)], is_found_prepared(story.case)) == (["route"], False)
        cases.add_person(story.case, by=story.coordinator, name="Odile Barr", role=Role.COMMUNITY)
        assert {who for _code, who in named(story.case)} == {"Odile Barr"}


def test_only_whoever_runs_the_case_chooses_and_nothing_is_said_in_the_open(village, at_following_up):
    story = at_following_up
    with village.inside():
        with pytest.raises(cases.CannotChange):
            route(story, "letters")
        other = case_at(village, "preparing", matter=1)
    address = reverse("case_route", args=[other.case.ref])
    seen = {who: village.sign_in(Client(), who).get(address).status_code for who in ("cora", "fadi", "sven", "ada", "nour", "ines")}
    assert seen == {"cora": 200, "fadi": 404, "sven": 404, "ada": 404, "nour": 404, "ines": 404}
    assert village.enter(Client(), story.hana).get(address)["Location"].startswith(reverse("account_login"))
    cora = village.sign_in(Client(), "cora")
    page = cora.get(address).content.decode()
    assert [str(how.label) in page and str(TOLD[how]) in page for how in How] == [True] * 10
    assert cora.post(address, {"how": "later", "why": "safety"}).status_code == 302
    assert cora.post(address, {"how": "letters", "why": "safety", "words": "Her aunt works there."}).status_code == 302
    assert cora.post(address, {"how": "by_pigeon", "why": "safety"}).status_code == 422
    with village.inside():
        chosen = Route.objects.get(case=other.case, how="letters")
        told = str(list(Entry.objects.filter(case_id=other.case.pk).values_list("detail", flat=True)))
        assert (chosen.words, "letters" in told, "aunt" in told) == ("Her aunt works there.", True, False)
        with pytest.raises(DatabaseError), transaction.atomic():
            Route.objects.filter(pk=chosen.pk).update(how="call")
        with CaptureQueriesContext(connection) as asked:
            circle(other.case)
        assert len(asked) == 4


def test_a_circle_to_come_back_is_held_with_nobody_harmed(village, at_ready):
    story = at_ready
    with village.inside():
        cases.let_go(story.hana, by=story.coordinator)
        cases.let_go(story.sol, by=story.coordinator)
        route(story, "reentry")
        del story.people["hana"], story.people["sol"]
        story.hear_every_yes()
        story.declare_ready()
        story.book()
        with at(story.booking.starts_at):
            story.hold_conference()
        assert (Case.objects.get(pk=story.case.pk).stage, outcomes.told(story.case)) == (Stage.CONVENED, [])
        with at(story.booking.starts_at + timedelta(hours=3)):
            closing.close(story.case, by=story.coordinator, reason="no_agreement")
        assert Case.objects.get(pk=story.case.pk).stage == Stage.CLOSED


COVERED = {
    "meet": {How.CONFERENCE, How.CIRCLE},
    "reentry": {How.REENTRY},
    "standin": {How.STANDIN},
    "call": {How.CALL},
    "apart": {How.LETTERS, How.MESSAGES, How.RECORDING, How.SHUTTLE},
}
"""Which yes is a yes to what is done: five words to say yes to, ten ways of doing it. While it rests for later, nobody is asked anew."""


@pytest.mark.parametrize("asked", [how for how in How if how != How.LATER])
def test_a_yes_counts_for_its_own_way_and_for_no_other(village, at_prepared, asked):
    story = at_prepared
    with village.inside():
        odile = cases.add_person(story.case, by=story.coordinator, name="Odile Barr", role=Role.COMMUNITY, birth_year=1970)
        actions.meet(odile, by=story.lead, held_on=today(story.programme))
        actions.check_safety(odile, by=story.lead, level="low")
        story.people["odile"] = odile
        route(story, asked)
        story.hear_every_yes()
        said = Consent.objects.filter(participation=story.hana, scope="take_part").latest("at", "id").text.way
        assert (asked in COVERED[said], named(story.case), is_found_prepared(story.case)) == (True, [], True)
        counts = set()
        for how in How:
            route(story, how, words="once more")
            lacks = {code for code, _name in named(story.case)} - {"hold", "route"}
            assert lacks in (set(), {"consent", "guardian", "support"})
            if how == How.LATER:
                assert is_found_prepared(story.case) is False
                cases.lift(story.case, by=story.coordinator)
                continue
            assert is_found_prepared(story.case) is (not lacks)
            counts |= set() if lacks else {how}
        assert counts == COVERED[said]


def test_later_asks_nobody_for_another_way(client, village, at_prepared):
    story = at_prepared
    with village.inside():
        route(story, "letters")
        story.hear_every_yes()
        route(story, "later")
        assert [b.code for b in blockers(story.case)] == ["hold", "route"]
        assert [(c.title, c.is_your_turn) for c in cards(story.hana)][:2] == [("Your choice", False), ("How we do it", False)]
        assert "without a meeting" in story_text(client, village, story.hana)
        uma = cases.add_person(story.case, by=story.coordinator, name="Uma", role=Role.SUPPORTER)
        assert cards(uma)[0].is_your_turn is False
        cases.lift(story.case, by=story.coordinator)
        cases.let_go(uma, by=story.coordinator)
        route(story, "messages")
        assert (named(story.case), is_found_prepared(story.case)) == ([], True)


def story_text(client, village, person):
    return village.enter(client, person).get(reverse("choice_agree")).content.decode()


@pytest.mark.parametrize(
    ("said_to", "now", "holds"),
    [
        ("conference", "circle", True), ("conference", "standin", True), ("conference", "reentry", True), ("conference", "call", True),
        ("call", "conference", True), ("reentry", "standin", True), ("standin", "conference", True),
        ("conference", "letters", False), ("letters", "conference", False), ("letters", "call", False), ("call", "messages", False),
        ("letters", "shuttle", True),
    ],
)  # fmt: skip
def test_no_spoken_yes_to_another_live_way_goes_past_a_no_to_one(village, at_prepared, said_to, now, holds):
    story = at_prepared
    with village.inside():
        route(story, said_to)
        actions.consent(story.hana, by=story.me("hana"), answer="no", method="own")
        route(story, now)
        assert keeps_to_their_no(story.hana, story.hana) is holds


def test_what_is_handed_over_needs_a_yes_to_that_and_not_to_a_call(village, at_prepared):
    story = at_prepared
    with village.inside():
        route(story, "call")
        story.hear_every_yes()
        assert may_write(story.hana) is False
        route(story, "letters")
        story.hear_every_yes()
        assert may_write(story.hana) is True
