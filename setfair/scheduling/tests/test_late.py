"""Whoever joins after the booking is asked first, and is told no time until they have said yes and have a seat."""

from datetime import time

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS, Case, Role
from setfair.conferences.actions import CannotConvene, convene
from setfair.desk.tests.todays import rules
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.programmes.models import Room
from setfair.scheduling.actions import CannotBook, book, release, seat, seat_again
from setfair.scheduling.models import Seat
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import TUESDAY, get_to_know, say_yes

pytestmark = pytest.mark.django_db
NOT_YET = "We will tell you when there is a day."


@pytest.fixture
def booked(ready, room):
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    return ready


@pytest.fixture
def goran(booked):
    return cases.add_person(booked.case, by=booked.coordinator, name="Goran", role=Role.COMMUNITY)


def knows(client, village, person):
    """Whether their own pages say the time: home, the page of the time, and the calendar's file."""
    village.enter(client, person)
    home, times = client.get(reverse("home")).content.decode(), client.get(reverse("times")).content.decode()
    said = {"8 a.m." in home, "8 a.m." in times, NOT_YET not in times, client.get(reverse("meeting_file")).status_code == 200}
    assert len(said) == 1
    return said.pop()


@pytest.mark.mission("S0.9")
def test_neither_a_yes_nor_a_seat_alone_tells_the_time(booked, goran, village, client):
    assert not knows(client, village, goran)
    say_yes(booked, goran)
    assert not knows(client, village, goran)
    seat(goran, by=booked.coordinator)
    assert knows(client, village, goran)
    assert knows(client, village, booked.hana)
    assert Case.objects.get(pk=booked.case.pk).stage == Stage.SCHEDULED


def test_seats_are_not_put_right_before_they_were_asked(booked, goran, village, client):
    with pytest.raises(CannotBook, match="^Goran has not been met yet. And 3 more things are missing.$"):
        seat_again(booked.booking, by=booked.coordinator)
    assert not knows(client, village, goran)
    assert not Letter.objects.filter(reader_id=goran.person_id).exists()


def test_only_with_their_own_yes_and_a_guardians(booked, goran):
    with pytest.raises(CannotBook, match="^Goran has not been met yet. And 3 more things are missing.$"):
        seat(goran, by=booked.coordinator)
    get_to_know(booked, goran)
    with pytest.raises(CannotBook, match="^Goran has not said yes. And 1 more thing is missing.$"):
        seat(goran, by=booked.coordinator)
    say_yes(booked, goran)
    young = cases.add_person(booked.case, by=booked.coordinator, name="Juno", role=Role.COMMUNITY, birth_year=2012)
    say_yes(booked, young)
    with pytest.raises(CannotBook, match="^Juno needs a parent or guardian, or a note why not.$"):
        seat(young, by=booked.coordinator)
    assert Seat.objects.count() == 7


@pytest.fixture
def known_elsewhere(booked, village):
    """Goran as he stands in another case, in which more is known of him."""
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    return other, cases.add_person(other.case, by=other.coordinator, name="Goran", role=Role.COMMUNITY)


def joins(story, elsewhere, **more):
    goran = cases.add_person(story.case, by=story.coordinator, known=elsewhere.person, name="Goran", role=Role.COMMUNITY, **more)
    say_yes(story, goran)
    return goran


def every_door(story, newcomer):
    """What each of the three ways into the meeting answers."""
    said = []
    for door in (lambda: seat(newcomer, by=story.coordinator), lambda: seat_again(story.booking, by=story.coordinator)):
        with pytest.raises(CannotBook) as refused:
            door()
        said.append(str(refused.value))
    with pytest.raises(CannotConvene) as refused:
        convene(story.conference, by=story.lead)
    return [*said, *refused.value.sentences]


def test_no_door_opens_to_somebody_under_a_rule_that_bars_meetings(booked, known_elsewhere):
    other, elsewhere = known_elsewhere
    cases.set_condition(elsewhere, by=other.coordinator, kind="bail", seen="paper", bars_meeting=True)
    assert every_door(booked, joins(booked, elsewhere)) == ["A rule that Goran lives under bars a meeting on that day."] * 3


def test_no_door_opens_outside_the_hours_of_a_curfew(booked, known_elsewhere):
    other, elsewhere = known_elsewhere
    rule = cases.set_condition(elsewhere, by=other.coordinator, kind="curfew", seen="paper", not_before=time(8, 30))
    goran = joins(booked, elsewhere)
    assert every_door(booked, goran) == ["Goran may not be out at the time that is booked."] * 3
    cases.end_condition(elsewhere, by=other.coordinator, condition=rule)
    assert seat(goran, by=booked.coordinator).occupant == goran.person_id


def test_no_door_opens_to_an_observer_whom_somebody_refused(booked):
    watcher = cases.add_person(booked.case, by=booked.coordinator, name="Wim", role=Role.OBSERVER)
    asked = [p for p in booked.people.values() if p.role in SPEAKERS]
    for person in asked:
        preparation.answer_observer(person, observer=watcher, by=booked.lead, answer="yes")
    preparation.answer_observer(booked.hana, observer=watcher, by=booked.lead, answer="no")
    assert every_door(booked, watcher) == ["Hana does not want Wim there. No reason is needed: take Wim out of the circle."] * 3
    goran = cases.add_person(booked.case, by=booked.coordinator, name="Goran", role=Role.COMMUNITY)
    say_yes(booked, goran)
    cases.let_go(watcher, by=booked.coordinator)
    assert seat_again(booked.booking, by=booked.coordinator) and Seat.objects.filter(occupant=goran.person_id).exists()


def test_with_a_seat_comes_one_letter_and_one_line(booked, goran):
    say_yes(booked, goran)
    assert seat(goran, by=booked.coordinator) == seat(goran, by=booked.coordinator)
    assert [letter.key.split(":")[0] for letter in Letter.objects.filter(reader_id=goran.person_id)] == ["booked"]
    assert [e.actor_id for e in Entry.objects.filter(verb="seated", subject_id=str(goran.pk))] == [booked.coordinator.id]


def test_nobody_is_seated_in_two_circles_at_once(booked, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3, team=(("mina", "lead"), ("tova", "student"), ("malik", "student")))
    cases.unassign(other.case.assignments.get(facilitator__user=village.malik), by=other.coordinator)
    preparation.set_aside(other.case, by=other.coordinator, blocker="students", reason="One is enough.")
    second = Room.objects.create(name="Library", seats=12)
    book(other.case, by=other.coordinator, room=second, starts_at=TUESDAY, minutes=60)
    otto = cases.add_person(booked.case, by=booked.coordinator, known=other.people["otto"].person, name="Otto", role=Role.COMMUNITY)
    say_yes(booked, otto)
    with pytest.raises(CannotBook, match="^Otto .*cannot come at that time.$"):
        seat(otto, by=booked.coordinator)


def test_a_full_room_and_a_time_given_back_are_said_so(booked, goran, room):
    say_yes(booked, goran)
    Room.objects.filter(pk=room.pk).update(seats=7)
    with pytest.raises(CannotBook, match="has 7 seats, and 8 people come"):
        seat(goran, by=booked.coordinator)
    release(booked.booking, by=booked.coordinator)
    with pytest.raises(CannotBook, match="no time ahead"):
        seat(goran, by=booked.coordinator)


def test_who_was_told_no_time_is_not_told_that_it_is_off(booked, goran):
    release(booked.booking, by=booked.coordinator)
    assert not Letter.objects.filter(reader_id=goran.person_id).exists()
    assert Letter.objects.filter(reader_id=booked.sol.person_id, key__startswith="released:").exists()


def test_today_says_so_until_they_sit(booked, goran, village):
    assert "unseated" in rules(village)
    assert "unseated" in rules(village, "fadi")
    assert "unseated" not in rules(village, "mina") + rules(village, "sven")
    say_yes(booked, goran)
    seat(goran, by=booked.coordinator)
    assert "unseated" not in rules(village)


@pytest.mark.parametrize(("who", "may"), [("cora", True), ("fadi", True), ("mina", False), ("sven", False), ("ines", False), ("nour", False)])
def test_who_may_give_a_seat(booked, goran, village, client, who, may):
    staff, page = village.sign_in(client, who), reverse("seat", args=[goran.pk])
    assert staff.post(page).status_code == (422 if may else 404)
    say_yes(booked, goran)
    if may:
        assert "Give Goran a seat at this time" in staff.get(reverse("case", args=[booked.case.ref])).content.decode()
    assert staff.post(page).status_code == (302 if may else 404)
    assert Seat.objects.filter(occupant=goran.person_id).exists() == may
