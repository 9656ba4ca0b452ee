"""Somebody is taken off a team: their hour is free, they are told once, and their calendar takes the entry out."""

import pytest
from django.test import Client
from icalendar import Calendar

from setfair.cases import actions as cases
from setfair.cases.models import Assignment
from setfair.letters.actions import mark_sent
from setfair.letters.models import Letter
from setfair.scheduling.actions import book, release, seat_again
from setfair.scheduling.calendar_file import team_file
from setfair.scheduling.duties import duties
from setfair.scheduling.models import Seat
from setfair.scheduling.queries import seats_differ

from .conftest import TUESDAY
from .test_calendar_file import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(ready, room):
    return book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)


def take_off(story, village, who="malik"):
    assignment = Assignment.objects.get(case=story.case, facilitator__user=village.users[who], ended_at__isnull=True)
    return cases.unassign(assignment, by=story.coordinator)


def letters(booking, user, *what):
    return [
        one for kind in what or ("booked", "not_needed") for one in Letter.objects.filter(key__startswith=f"{kind}:{booking.pk}:", reader_id=user.pk)
    ]


def post(story, booking, user):
    for letter in (one for one in letters(booking, user, "booked") if one.stage == "due"):
        mark_sent(letter, by=story.coordinator)


def test_who_knew_the_time_hears_that_they_are_not_needed_and_nobody_else_hears_anything(village, ready, booked):
    malik = village.users["malik"]
    post(ready, booked, malik)
    before = Letter.objects.exclude(reader_id=malik.pk).count()
    take_off(ready, village)
    take_off_again = Letter.objects.exclude(reader_id=malik.pk).count()
    (letter,) = letters(booked, malik, "not_needed")
    assert (before, letter.subject) == (take_off_again, "You have a message")
    assert "You are not needed at this time any more: Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m." in " ".join(letter.body.replace("\xa0", " ").split())
    assert [word for word in ("Hana", "Rami", "Cora", "C-0", "Room", ready.case.ref) if word in f"{letter.body}{letter.calendar}"] == []
    assert (seats_differ(booked, ready.case), Seat.objects.filter(occupant=malik.pk, released_at__isnull=True).count()) == (False, 0)
    assert list(duties(malik.pk)) == []


def test_who_had_not_been_told_hears_nothing(village, ready, booked):
    malik = village.users["malik"]
    take_off(ready, village)
    assert [(one.key.split(":")[0], one.stage) for one in letters(booked, malik)] == [("booked", "withdrawn")]


@pytest.mark.mission("S2.6")
def test_a_calendar_takes_it_out_and_puts_it_in_again_when_they_are_back(village, ready, booked):
    malik, numbers = village.users["malik"], []
    post(ready, booked, malik)
    for _round in range(2):
        numbers.append(_last(booked, malik))
        take_off(ready, village)
        numbers.append(_last(booked, malik, "not_needed"))
        cases.assign(ready.case, by=ready.coordinator, facilitator=village.facilitator("malik"), part="student")
        seat_again(booked, by=ready.coordinator)
        post(ready, booked, malik)
    assert [(method, number) for method, number, _uid in numbers] == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2), ("CANCEL", 3)]
    assert len({uid for _method, _number, uid in numbers}) == 1
    (duty,) = duties(malik.pk)
    assert 2 * (duty.before + duty.lost) == read(team_file(booked, malik))["SEQUENCE"] == 4
    release(booked, by=ready.coordinator)
    booked.refresh_from_db()
    assert read(team_file(booked, malik))["SEQUENCE"] == 5
    again = book(ready.case, by=ready.coordinator, room=booked.room, starts_at=TUESDAY.replace(minute=15), minutes=60)
    assert (read(team_file(again, malik))["SEQUENCE"], read(team_file(again, village.users["fadi"]))["SEQUENCE"]) == (6, 2)


def _last(booking, user, what="booked"):
    text = max(letters(booking, user, what), key=lambda one: one.made_at).calendar
    return str(Calendar.from_ical(text)["METHOD"]), read(text)["SEQUENCE"], str(read(text)["UID"])


def test_whoever_was_taken_off_reads_no_page_of_it_and_a_neighbour_cannot_take_anybody_off(village, ready, booked):
    take_off(ready, village)
    there = f"/cases/{ready.case.ref}/schedule/"
    assert {who: village.sign_in(Client(), who).get(there).status_code for who in ("cora", "malik", "nour")} == {
        "cora": 200,
        "malik": 404,
        "nour": 404,
    }
