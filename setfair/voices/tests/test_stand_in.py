"""Somebody stands in for a person harmed who does not come: chosen by that person, in that person's words, and told back to them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Participation, Role
from setfair.conferences import actions as conferences
from setfair.desk.tests.todays import rules
from setfair.journal.models import Entry
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.preparation import actions as preparation
from setfair.preparation.refusal import CannotPrepare
from setfair.sheets.queries import sheet_of
from setfair.village.story import case_at
from setfair.village.time import at, today
from setfair.voices import actions, standing_in
from setfair.voices.models import StandIn

pytestmark = pytest.mark.django_db
SAY = "That I did not sleep for weeks, and still look behind me."
LIMITS = "Not my name, and nothing about my mother."
LENT = {"say": SAY, "limits": LIMITS, "back": "page", "when": "soon"}


def text(answer):
    return answer.content.decode()


@pytest.fixture
def standing(village, at_preparing):
    """A case that is done with a stand-in: Hana does not come, Odile of the community does."""
    story = at_preparing
    with village.inside():
        cases.choose_route(story.case, by=story.coordinator, how="standin", why="harmed")
        story.people["odile"] = cases.add_person(story.case, by=story.coordinator, name="Odile Barr", role=Role.COMMUNITY)
    return story


def lend(story, by=None, **said):
    return actions.lend_voice(story.hana, by=by or story.me("hana"), place=story.odile, **LENT | said)


def held(story):
    """Until they have met, without her."""
    story.meet_everyone()
    story.hear_every_yes()
    story.declare_ready()
    story.book()
    begins = story.booking.starts_at
    with at(begins):
        conference = story.begin()
        for key, person in story.people.items():
            conferences.mark_attendance(conference, person, by=story.lead, came=key != "hana")
        conferences.conclude(conference, by=story.lead)
    return begins


def test_the_harmed_person_chooses_on_their_page_and_the_stand_in_reads_it_on_theirs(village, standing, browser_clients):
    story = standing
    page = reverse("my_stand_in")
    hana = village.enter(browser_clients(), story.hana)
    assert "Odile" in text(hana.get(page)) and "Who speaks for you" in text(hana.get(reverse("home")))
    assert hana.post(page, {"place": str(story.odile.pk), "say": ""}).status_code == 422
    assert hana.post(page, {"place": str(story.rami.pk), **LENT}).status_code == 422
    assert hana.post(page, {"place": str(story.odile.pk), **LENT}).url == reverse("home")
    with village.inside():
        row = StandIn.objects.get()
        assert (row.place, row.say, row.limits, row.method, row.by) == (story.odile, SAY, LIMITS, "own", story.hana.pk)
        assert list(Entry.objects.filter(verb="lent_voice").values_list("actor_kind", flat=True)) == ["participant"]
    read = reverse("for_another")
    odile = village.enter(browser_clients(), story.odile)
    page_of_hers = text(odile.get(read))
    assert (SAY in page_of_hers, LIMITS in page_of_hers, "Hana" in page_of_hers) == (True, True, False)
    assert read in text(odile.get(reverse("home")))
    for who in ("rami", "sol", "hana"):
        assert village.enter(browser_clients(), story.people[who]).get(read).url == reverse("home")
    with village.inside():
        assert [SAY in part.lines for part in sheet_of(story.odile, "en", for_them=True).around].count(True) == 1
        assert [SAY in part.lines for part in sheet_of(story.odile, "en", for_them=True, is_named=False).around].count(True) == 0
        assert [SAY in part.lines for part in sheet_of(story.rami, "en", for_them=True).around].count(True) == 0


def test_the_team_reads_it_and_a_neighbour_or_another_participant_does_not(village, standing):
    with village.inside():
        lend(standing)
    seen = {"cora": (200, True), "fadi": (200, True), "mina": (404, False), "nour": (404, False)}
    for who, (status, there) in seen.items():
        for of in (standing.hana, standing.odile):
            page = village.sign_in(Client(), who).get(reverse("person", args=[of.pk]))
            assert (page.status_code, SAY in text(page)) == (status, there)
    assert village.sign_in(Client(), "mina").get(reverse("told_stand_in", args=[standing.hana.pk])).status_code == 404
    assert village.enter(Client(), standing.rami).get(reverse("my_stand_in")).url == reverse("home")


def test_the_team_writes_down_what_was_agreed_and_changes_no_word_that_is_theirs(village, standing):
    page, back = (reverse(name, args=[standing.hana.pk]) for name in ("told_stand_in", "told_stand_in_back"))
    fadi = village.sign_in(Client(), "fadi")
    said = {"place": str(standing.odile.pk), **LENT, "back": "call"}
    assert fadi.post(page, said).status_code == 422  # how they agreed is part of it
    assert fadi.post(page, said | {"method": "paper"}).url == reverse("person", args=[standing.hana.pk])
    with village.inside():
        assert [(s.method, s.by_kind, s.back) for s in StandIn.objects.all()] == [("paper", "staff", "call")]
        own = lend(standing, say="Only that it hurt.")
        with pytest.raises(CannotPrepare):
            lend(standing, by=standing.lead, method="said")
        with pytest.raises(CannotPrepare):
            lend(standing, by=standing.me("rami"))
        assert standing_in.chosen(standing.hana) == own
    assert 'name="say"' not in text(fadi.get(page))
    assert fadi.post(back).status_code == 302
    with village.inside():
        assert (standing_in.chosen(standing.hana), standing_in.for_whom(standing.odile)) == (None, [])
        for act in (lambda rows: rows.update(back="none"), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act(StandIn.objects.filter(pk=own.pk))
        with pytest.raises(DatabaseError), transaction.atomic():
            StandIn.objects.create(participation=standing.hana, place=standing.odile, method="own", by_kind="staff", back="page", when="soon")


def test_nobody_speaks_for_whoever_stops_nor_once_it_is_done_in_another_way(village, standing):
    with village.inside():
        lend(standing)
        assert len(standing_in.for_whom(standing.odile)) == 1
        preparation.consent(standing.hana, by=standing.me("hana"), giver=standing.hana, answer="withdrawn", method="own", language="en")
        assert standing_in.for_whom(standing.odile) == []
        other = case_at(village, Stage.PREPARING, matter=1)
        assert not standing_in.may_choose(other.hana)
        cases.choose_route(standing.case, by=standing.coordinator, how="conference", why="harmed")
        assert (standing_in.for_whom(standing.odile), standing_in.may_choose(standing.hana)) == ([], False)


@pytest.mark.parametrize(("when", "days"), [("soon", 0), ("week", 7)])
def test_it_is_told_back_in_the_way_and_at_the_time_they_chose_and_today_says_so_until_then(village, standing, browser_clients, when, days):
    with village.inside():
        lend(standing, when=when)
        begins = held(standing)
        hour = timedelta(hours=4)

    def told_back(moment):
        with village.inside(), at(moment):
            return [rule for rule in rules(village, "fadi") if rule == "told_back"]

    assert told_back(begins + timedelta(days=days) - hour) == []
    assert told_back(begins + timedelta(days=days) + hour) == ["told_back"]
    with village.inside(), at(begins + timedelta(days=days) + hour):
        said = {"participation": standing.hana, "way": News.Way.PAGE, "told_on": today(standing.programme)}
        with pytest.raises(outcomes.CannotTell):
            outcomes.tell(standing.case, by=standing.lead, **said)
        outcomes.tell(standing.case, by=standing.lead, **said, words="He listened, and cried.")
        assert News.objects.get().words == "He listened, and cried."
    assert told_back(begins + timedelta(days=days) + hour) == []
    with at(begins + timedelta(days=days) + hour):
        assert "He listened, and cried." in text(village.enter(browser_clients(), standing.hana).get(reverse("home")))
        assert "He listened" not in text(village.enter(browser_clients(), standing.rami).get(reverse("home")))


def test_whoever_does_not_want_to_hear_is_left_in_peace(village, standing):
    with village.inside():
        lend(standing, back="none")
        begins = held(standing)
        with at(begins + timedelta(days=9)):
            assert "told_back" not in rules(village, "fadi")


def test_nor_is_anybody_asked_to_tell_whoever_says_then_that_they_want_to_hear_nothing(village, standing):
    with village.inside():
        lend(standing)
        begins = held(standing)
        with at(begins + timedelta(days=1)):
            standing.write_agreement()
            standing.sign_all()
            assert "told_back" in rules(village, "fadi")
            outcomes.wish_news(Participation.objects.get(pk=standing.hana.pk), by=standing.me("hana"), choice="none")
            assert "told_back" not in rules(village, "fadi")


def test_the_page_of_news_asks_for_words_only_where_somebody_stood_in(village, standing, at_following_up):
    with village.inside():
        lend(standing)
        begins = held(standing)
    with at(begins + timedelta(hours=4)):
        fadi = village.sign_in(Client(), "fadi")
        page = text(fadi.get(reverse("news", args=[standing.case.ref])))
        assert ("they read it on their page, as soon as we can" in page, 'name="words"' in page, 'value="page"' in page) == (True, True, True)
        sent = {"participation": str(standing.hana.pk), "way": "page", "told_on": timezone.localdate().isoformat(), "words": ""}
        assert fadi.post(reverse("news", args=[standing.case.ref]), sent).status_code == 422
        assert fadi.post(reverse("news", args=[standing.case.ref]), sent | {"words": "He listened."}).status_code == 302
    other = text(village.sign_in(Client(), "fadi").get(reverse("news", args=[at_following_up.case.ref])))
    assert ('name="words"' in other, 'value="page"' in other) == (False, False)
