"""What each person has to have been asked before the day: what is on whose list, ticking it, and what the board says of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.journal.models import Entry
from setfair.preparation import actions, queries
from setfair.preparation.models import Override, Tick
from setfair.programmes import actions as programmes
from setfair.programmes.models import ChecklistItem
from setfair.village.time import today

pytestmark = pytest.mark.django_db

STOP = "They know that they can stop at any time, without a reason"
ALONE = "They were asked alone whether they want it, without a parent or guardian"
OFFER = "They thought about what they could offer"
CHANCE = "We talked about meeting each other by chance afterwards"


@pytest.fixture
def story(village, at_prepared):
    with village.inside():
        yield at_prepared


def item_of(words):
    return ChecklistItem.objects.get(words__en=words, ended_at__isnull=True)


def needs(story, words):
    """From now on the programme waits for it."""
    item = item_of(words)
    facts = {name: getattr(item, name) for name in ("roles", "ways", "from_age", "below_age")}
    return programmes.change_item(item, by=story.coordinator, words=item.words, needed=True, **facts)


def the_list(person):
    return [str(ask.item) for ask in queries.list_of(person)]


def codes(story, on=None):
    return [(b.code, b.participation) for b in queries.blockers(story.case, on)]


def test_each_has_the_lines_of_their_role_their_age_and_the_way(story):
    assert the_list(story.rami) == [
        STOP, ALONE, "They know who else comes, how long it takes, and where",
        "They know what we write down, who reads it, and what we must pass on", "They told us in their own words what happened",
        "They thought about who was touched by it, and how", OFFER,
        "They know what follows if they stop, and what can be used elsewhere", CHANCE,
        "They have a sign for a break, and know which room they can go to",
    ]  # fmt: skip
    assert (ALONE in the_list(story.sol), "They know whom they are there for, and that they are asked too" in the_list(story.sol)) == (False, True)


@pytest.mark.parametrize(("age", "on_it"), [(16, True), (18, True), (19, False), (None, True)])
def test_the_age_is_that_of_the_day_and_whoever_may_be_younger_is_asked(story, age, on_it):
    year = today(story.programme).year - age if age else None
    one = cases.add_person(story.case, by=story.coordinator, name="Juno Vale", role="harmed", birth_year=year)
    assert (ALONE in the_list(one)) == on_it


def test_a_known_birthday_decides_for_the_day_that_is_looked_at(story):
    day = today(story.programme) + timedelta(days=10)
    story.rami.person.birth_year = day.year - 18
    story.rami.person.save(update_fields=["birth_year"])
    actions.note_18th(story.rami, by=story.coordinator, on=day)
    known = queries.circle(story.case)
    rami = next(k for k in known.people if k.participation == story.rami)
    on = {n: [str(a.item) for a in queries.asks(known, rami, day + timedelta(days=n))] for n in (-1, 0)}
    assert {n: ALONE in lines for n, lines in on.items()} == {-1: True, 0: False}


def test_another_way_changes_the_list_and_keeps_what_was_said(story):
    seat = item_of("They have a sign for a break, and know which room they can go to")
    actions.go_through(story.hana, by=story.lead, done=[seat.pk])
    cases.choose_route(story.case, by=story.coordinator, how="letters", why="harmed")
    known = queries.circle(story.case)
    hana = next(k for k in known.people if k.participation == story.hana)
    assert str(seat) not in the_list(story.hana)
    assert "They said how they want to hear from the other one, and how not" in the_list(story.hana)
    assert [str(a.item) for a in queries.asked_before(known, hana, today(story.programme))] == [str(seat)]


def test_one_form_ticks_says_what_does_not_apply_and_takes_back(story):
    stop, chance, offer = (item_of(words).pk for words in (STOP, CHANCE, OFFER))
    actions.go_through(story.rami, by=story.lead, done=[stop, offer], not_for=chance, why="known", words="They are cousins.")
    actions.go_through(story.rami, by=story.coordinator, done=[stop], back=[offer])
    said = [(str(t.item), t.answer, t.why, t.words, t.by) for t in Tick.objects.filter(participation=story.rami).order_by("at", "id")]
    assert sorted(said) == sorted([
        (STOP, "done", "", "", story.lead.id), (OFFER, "done", "", "", story.lead.id),
        (CHANCE, "not_for", "known", "They are cousins.", story.lead.id), (OFFER, "back", "", "", story.coordinator.id),
    ])  # fmt: skip
    assert [a.is_open for a in queries.list_of(story.rami) if a.item.pk in (stop, offer, chance)] == [False, True, False]
    assert Entry.objects.filter(verb="went_through_list", case_id=story.case.pk).count() == 2


def test_what_stands_already_is_not_written_twice(story):
    for _again in range(2):
        actions.go_through(story.rami, by=story.lead, done=[item_of(STOP).pk])
    actions.go_through(story.rami, by=story.lead, back=[item_of(OFFER).pk])
    assert Tick.objects.count() == 1


def test_what_is_not_on_their_list_or_has_no_reason_is_refused(story):
    with pytest.raises(actions.CannotPrepare, match="The list has been changed"):
        actions.go_through(story.hana, by=story.lead, done=[item_of(OFFER).pk])
    with pytest.raises(actions.CannotPrepare, match="why it does not apply"):
        actions.go_through(story.rami, by=story.lead, not_for=item_of(OFFER).pk)
    actions.consent(story.rami, by=story.lead, answer="no", scope="notes")
    with pytest.raises(actions.CannotPrepare, match="no to notes"):
        actions.go_through(story.rami, by=story.lead, not_for=item_of(OFFER).pk, why="known", words="He told us.")


def test_changed_words_leave_what_was_ticked_in_the_words_of_then(story):
    item = item_of(STOP)
    actions.go_through(story.hana, by=story.lead, done=[item.pk])
    programmes.change_item(item, by=story.coordinator, words={"en": "They know how to stop"}, roles=item.roles, needed=True)
    first = {key: queries.list_of(story.people[key])[0] for key in ("hana", "rami")}
    assert {key: (str(ask.item), ask.is_open) for key, ask in first.items()} == {"hana": (STOP, False), "rami": ("They know how to stop", True)}
    actions.go_through(story.hana, by=story.lead, back=[item.pk])
    assert the_list(story.hana)[0] == "They know how to stop"


def test_what_is_needed_and_open_keeps_the_day_shut_by_its_name_until_it_is_done_or_set_aside(story):
    item = needs(story, OFFER)
    assert codes(story) == [(f"item-{item.number}", story.rami)]
    assert [b.sentence for b in queries.blockers(story.case)] == [f"Not done yet with {story.rami.person.shown}: {OFFER}."]
    with pytest.raises(actions.NotReady):
        actions.declare_ready(story.case, by=story.lead)
    actions.set_aside(story.case, by=story.coordinator, blocker=f"item-{item.number}", reason="He says it in the room.", participation=story.rami)
    assert codes(story) == []
    programmes.change_item(item, by=story.coordinator, words={"en": "They wrote down an offer"}, roles=item.roles, needed=True)
    assert codes(story) == [(f"item-{item.number}", story.rami)]
    actions.go_through(story.rami, by=story.lead, not_for=ChecklistItem.objects.get(number=item.number, ended_at__isnull=True).pk, why="others")
    assert (codes(story), Override.objects.count()) == ([], 1)


def test_the_persons_page_counts_what_is_needed_and_says_how_far_the_list_has_come(story):
    before = queries.progress(story.rami).total
    item = needs(story, OFFER)
    actions.go_through(story.rami, by=story.lead, done=[item_of(STOP).pk])
    now = queries.progress(story.rami)
    mine = {t.code: (t.title, t.status, t.note, t.must, t.form) for t in now.tasks if t.is_of_the_list}
    assert (now.total, now.done) == (before + 1, before)
    assert mine == {
        f"item-{item.number}": (OFFER, "todo", "", True, "checklist"),
        "list": ("Go through their list", "doing", "1 of 10", False, "checklist"),
    }


def test_the_board_has_a_column_for_it(story):
    needs(story, OFFER)
    known = queries.circle(story.case)
    cells = {line.participation.pk: dict(line.cells) for line in queries.board(known, known.today()).lines}
    said = {
        key: next((c.state, str(c.words)) for title, c in cells[story.people[key].pk].items() if str(title) == "Their list")
        for key in ("rami", "hana")
    }
    assert said == {"rami": ("missing", "not done yet"), "hana": ("open", "0 of 10")}


def test_another_place_takes_what_was_said_along(story):
    actions.go_through(story.sol, by=story.lead, done=[item_of(STOP).pk])
    now = cases.correct_place(story.sol, by=story.coordinator, role="affected", stands_by=None, guardian_needed=False, has_authority=False)
    assert [str(a.item) for a in queries.list_of(now) if not a.is_open] == [STOP]


class TestThePage:
    @pytest.fixture
    def fadi(self, village, client):
        return village.sign_in(client, "fadi")

    def send(self, client, person, **said):
        form = client.get(reverse("person", args=[person.pk])).context["checklist_form"]
        data = {name: form[name].value() for name in form.fields if form[name].value()} | said
        return client.post(reverse("checklist", args=[person.pk]), data)

    def test_a_tick_and_a_tick_taken_out(self, village, story, fadi):
        stop, offer = str(item_of(STOP).pk), str(item_of(OFFER).pk)
        assert self.send(fadi, story.rami, ticked=[stop, offer]).status_code == 302
        page = fadi.get(reverse("person", args=[story.rami.pk])).content.decode()
        assert ("2 of 10" in page, page.count(f", {village.fadi.name}</span></label>")) == (True, 2)
        assert self.send(fadi, story.rami, ticked=[stop]).status_code == 302
        assert [str(a.item) for a in queries.list_of(story.rami) if not a.is_open] == [STOP]

    def test_what_somebody_else_ticked_meanwhile_stays(self, story, fadi):
        form = fadi.get(reverse("person", args=[story.rami.pk])).context["checklist_form"]
        stale = {name: form[name].value() for name in form.fields if form[name].value()}
        actions.go_through(story.rami, by=story.coordinator, done=[item_of(STOP).pk])
        fadi.post(reverse("checklist", args=[story.rami.pk]), stale | {"ticked": [str(item_of(OFFER).pk)]})
        assert [str(a.item) for a in queries.list_of(story.rami) if not a.is_open] == [STOP, OFFER]

    @pytest.mark.parametrize("said", [{"why": "known"}, {"not_for": "the one"}, {"not_for": "the one", "ticked": "the one", "why": "known"}])
    def test_half_a_reason_is_asked_again(self, story, fadi, said):
        key = str(item_of(OFFER).pk)
        answer = self.send(fadi, story.rami, **{name: key if value == "the one" else value for name, value in said.items()})
        assert (answer.status_code, Tick.objects.count()) == (422, 0)

    def test_it_can_be_taken_along_on_paper(self, story, fadi):
        actions.go_through(story.rami, by=story.lead, done=[item_of(STOP).pk])
        page = fadi.get(reverse("checklist", args=[story.rami.pk]))
        assert (page.status_code, page.content.decode().count("☐") >= 9) == (200, True)

    @pytest.mark.parametrize(("who", "status"), [("fadi", 200), ("cora", 200), ("nour", 404), ("ada", 404), ("ines", 404), ("sven", 404)])
    def test_who_may(self, village, client, story, who, status):
        village.sign_in(client, who)
        assert client.get(reverse("checklist", args=[story.rami.pk])).status_code == status

    def test_nobody_of_a_circle_comes_here(self, village, client, story):
        village.enter(client, story.hana)
        assert client.get(reverse("checklist", args=[story.hana.pk])).url.startswith("/account/login/")
