"""A guardian's no stands until somebody else than who doubts them has looked, or until they say themselves that they do not decide."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.actions import CannotChange
from setfair.cases.models import Participation, Role
from setfair.cases.queries import circle
from setfair.journal.models import Entry
from setfair.people.models import Person
from setfair.preparation import actions
from setfair.preparation.actions import CannotPrepare
from setfair.preparation.models import SayAnswered, SayDoubted
from setfair.preparation.queries import blockers
from setfair.village.time import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(village, at_prepared):
    """Gail says yes for Rami, Paul says no: both may decide. The test runs inside the school."""
    with village.inside():
        story = at_prepared
        paul = cases.add_person(story.case, by=story.coordinator, name="Paul Delacourt", role=Role.GUARDIAN, stands_by=story.rami, has_authority=True)
        story.people["paul"] = paul
        actions.consent(story.rami, by=story.lead, giver=paul, answer="no")
        yield story


def without_a_say(story, guardian):
    place = {"role": Role.GUARDIAN, "stands_by": story.rami, "guardian_needed": False, "has_authority": False}
    return cases.correct_place(guardian, by=story.coordinator, **place)


def doubted(story):
    return actions.doubt_say(story.people["paul"], by=story.coordinator, why="paper", words="The order of 3 May gives it to Gail alone.")


def says_no(story):
    return "Paul Delacourt has not said yes for Rami." in [b.sentence for b in blockers(story.case)]


def test_nobody_takes_a_no_away_alone(village, story):
    paul = story.people["paul"]
    ways = (
        lambda: without_a_say(story, paul),
        lambda: cases.let_go(paul, by=story.coordinator),
        lambda: cases.correct_place(
            paul, by=story.coordinator, role=Role.SUPPORTER, stands_by=story.rami, guardian_needed=False, has_authority=False
        ),
        lambda: cases.correct_place(paul, by=story.coordinator, role=Role.GUARDIAN, stands_by=story.hana, guardian_needed=False, has_authority=True),
    )
    for way in ways:
        with pytest.raises(CannotChange, match="A second person has to look at it"):
            way()
    for columns in ({"has_authority": False, "left_at": timezone.now()}, {"left_at": timezone.now()}, {"stands_by": story.hana}):
        with pytest.raises(IntegrityError, match="a no stands"), transaction.atomic():
            Participation.objects.filter(pk=paul.pk).update(**columns)
    doubted(story)
    with pytest.raises(CannotChange):
        without_a_say(story, paul)
    assert says_no(story)


def test_a_second_person_takes_it_and_the_other_guardian_is_asked_on(village, story):
    doubt = doubted(story)
    assert doubted(story) == doubt
    with pytest.raises(CannotPrepare, match="Somebody else has to answer"):
        actions.answer_doubt(doubt, by=story.coordinator, taken=True)
    with pytest.raises(IntegrityError, match="does not answer it"), transaction.atomic():
        SayAnswered.objects.create(participation=doubt.participation, doubt=doubt, taken=True, by_kind="staff", by=story.coordinator.id)
    assert says_no(story)
    sven = village.actor("sven")
    answer = actions.answer_doubt(doubt, by=sven, taken=True)
    assert actions.answer_doubt(doubt, by=sven, taken=False) == answer
    paul = Participation.objects.get(pk=story.people["paul"].pk)
    assert (paul.has_authority, paul.left_at is not None, says_no(story)) == (False, True, False)
    actions.consent(story.rami, by=story.me("gail"), giver=story.gail, answer="no", method="own")
    assert [b.sentence for b in blockers(story.case)] == ["Gail Delacourt has not said yes for Rami."]
    assert list(Entry.objects.filter(case_id=story.case.pk, verb__in=("doubted_say", "took_say")).order_by("id").values_list("verb", flat=True)) == [
        "doubted_say",
        "took_say",
    ]


def test_or_lets_the_no_stand_and_it_can_be_doubted_anew_on_another_paper(village, story):
    actions.answer_doubt(doubted(story), by=village.actor("sven"), taken=False)
    paul = story.people["paul"]
    with pytest.raises(CannotChange):
        cases.let_go(paul, by=story.coordinator)
    again = actions.doubt_say(paul, by=story.coordinator, why="told", words="The court wrote to us on Monday.")
    assert (SayDoubted.objects.count(), again.words) == (2, "The court wrote to us on Monday.")


def test_their_own_word_is_enough(village, story):
    paul = story.people["paul"]
    with pytest.raises(CannotPrepare, match="Only they themselves"):
        actions.give_up_say(paul, by=story.coordinator)
    with pytest.raises(CannotPrepare, match="Only they themselves"):
        actions.give_up_say(story.gail, by=story.me("rami"))
    own = village.enter(Client(), paul)
    assert "I am not the one who decides" in own.get(reverse("choice_child")).text
    assert "Do you decide for Rami?" in own.get(reverse("my_say")).text
    assert own.post(reverse("my_say")).status_code == 302
    assert (paul in circle(story.case), own.get(reverse("home")).status_code == 200, says_no(story)) == (False, False, False)
    assert village.enter(Client(), story.sol).get(reverse("my_say"))["Location"] == reverse("home")


def test_who_changes_their_mind_or_has_not_answered_is_put_right_as_before(village, story):
    paul = story.people["paul"]
    with pytest.raises(CannotPrepare, match="Nothing stands in the way"):
        actions.doubt_say(story.gail, by=story.coordinator, why="paper", words="x")
    actions.consent(story.rami, by=story.lead, giver=paul, answer="yes")
    assert without_a_say(story, paul).left_at is not None


def test_who_is_18_speaks_alone_so_nothing_stands(village, story):
    birthday = timezone.now() + timedelta(days=3)
    actions.consent(story.rami, by=story.lead, giver=story.people["paul"], answer="yes")
    story.rami.person.birth_year = birthday.year - 18
    story.rami.person.save()
    actions.consent(story.rami, by=story.lead, giver=story.people["paul"], answer="no")
    story.rami.refresh_from_db()
    actions.note_18th(story.rami, by=story.coordinator, on=birthday.date())
    with at(birthday + timedelta(days=1)):
        cases.let_go(Participation.objects.get(pk=story.people["paul"].pk), by=story.coordinator)
    assert Participation.objects.get(pk=story.people["paul"].pk).left_at is not None


def described(story, year):
    return cases.correct_person(
        Participation.objects.get(pk=story.rami.pk), by=story.coordinator, contacts={}, name="Rami Delacourt", called="Rami", language="en",
        birth_year=year, interpreter=False, needs="",
    )  # fmt: skip


def test_nobody_writes_the_young_person_down_as_older_alone(village, story):
    born = story.rami.person.birth_year
    for year in (born - 1, 1990, None):
        with pytest.raises(CannotChange, match="A second person has to look at it"):
            described(story, year)
        with pytest.raises(IntegrityError, match="how old they are"), transaction.atomic():
            Person.objects.filter(pk=story.rami.person_id).update(birth_year=year)
    assert described(story, born + 1).person.birth_year is not None
    assert says_no(story)
    doubt = actions.doubt_say(story.people["paul"], by=story.coordinator, why="age", words="His passport says 1990.")
    with pytest.raises(CannotChange):
        described(story, 1990)
    actions.answer_doubt(doubt, by=village.actor("sven"), taken=True)
    described(story, 1990)
    assert (Person.objects.get(pk=story.rami.person_id).birth_year, says_no(story)) == (1990, False)


def test_a_year_that_nobody_knew_is_written_down_alone_only_if_they_are_under_18_by_it(village, story):
    paul, this_year = story.people["paul"], timezone.localdate().year
    actions.consent(story.rami, by=story.lead, giver=paul, answer="yes")
    described(story, None)
    actions.consent(story.rami, by=story.lead, giver=paul, answer="no")
    with pytest.raises(CannotChange, match="A second person has to look at it"):
        described(story, 1990)
    with pytest.raises(CannotPrepare, match="A second person has to look at it"):
        actions.note_18th(Participation.objects.get(pk=story.rami.pk), by=story.coordinator, on=timezone.localdate() - timedelta(days=400))
    described(story, this_year - 12)
    assert says_no(story)


def test_nor_as_somebody_who_needs_no_guardian(village, story):
    paul = story.people["paul"]
    actions.consent(story.rami, by=story.lead, giver=paul, answer="yes")
    described(story, 1990)
    actions.consent(story.rami, by=story.lead, giver=paul, answer="no")
    place = {"role": Role.RESPONSIBLE, "stands_by": None, "guardian_needed": False, "has_authority": False}
    with pytest.raises(CannotChange, match="A second person has to look at it"):
        cases.correct_place(Participation.objects.get(pk=story.rami.pk), by=story.coordinator, **place)
    with pytest.raises(IntegrityError, match="whether a guardian is needed"), transaction.atomic():
        Participation.objects.filter(pk=story.rami.pk).update(guardian_needed=False)


def test_on_the_pages_of_the_team(village, story, browser_clients):
    paul = story.people["paul"]
    doubt, answer = reverse("say_doubt", args=[paul.pk]), reverse("say_answer", args=[paul.pk])
    cora, sven, fadi, nour = (village.sign_in(browser_clients(), key) for key in ("cora", "sven", "fadi", "nour"))
    back = cora.post(reverse("person_leave", args=[paul.pk]), follow=True)
    assert ("A second person has to look at it" in back.text, doubt in back.text) == (True, True)
    assert (cora.post(doubt, {"why": "paper"}).status_code, cora.post(doubt, {"why": "paper", "words": "The order."}).status_code) == (422, 302)
    assert "A supervisor was asked on" in cora.get(doubt).text
    assert [one.get(page).status_code for one in (fadi, nour) for page in (doubt, answer)] == [404] * 4
    assert (cora.get(answer).status_code, sven.get(doubt).status_code) == (404, 404)
    assert [answer in one.get(reverse("today")).text for one in (cora, sven)] == [False, True]
    assert "The order." in sven.get(answer).text
    assert (sven.post(answer, {}).status_code, sven.post(answer, {"answer": "taken"}).status_code) == (422, 302)
    assert answer not in sven.get(reverse("today")).text
    assert paul not in circle(story.case)
