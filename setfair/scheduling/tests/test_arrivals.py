"""Who comes when, and where they wait, so that nobody meets in the corridor whom they should not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setfair.cases import actions as cases
from setfair.cases.models import Participation
from setfair.cases.queries import circle
from setfair.people.actions import keep_apart
from setfair.programmes.models import Room
from setfair.scheduling.actions import book
from setfair.scheduling.queries import arrivals, coming, live_booking

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(ready, room):
    Room.objects.update(waiting_places=2, waits="Side door: the library\nMain door: the bench")
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    cases.add_person(ready.case, by=ready.coordinator, name="Kim Alder", role="community")
    return ready


def plan(story):
    """By first name: how many minutes early, and which waiting place."""
    booking = live_booking(story.case)
    return {c.who.person.first: (int((booking.starts_at - c.at) / timedelta(minutes=1)), c.place) for c in arrivals(booking).values()}


def wall(story, one, other):
    """Written past the rule that takes the booking with it: what stands between them from before a booking is planned for the same way."""
    keep_apart(story.people[one].person, by=story.coordinator, other=story.people[other].person, by_order=False)


@pytest.mark.mission("S0.2")
def test_two_sides_come_apart_and_wait_apart_with_whoever_stands_by_them(booked):
    assert plan(booked) == {"Hana": (15, 0), "Sol": (15, 0), "Kim": (10, None), "Rami": (5, 1), "Gail": (5, 1)}
    waits = [c.waits for c in arrivals(live_booking(booked.case)).values()]
    assert waits == [*["Side door: the library"] * 2, "", *["Main door: the bench"] * 2]


def test_a_room_with_fewer_places_takes_whoever_comes_last_straight_in(booked):
    Room.objects.update(waiting_places=1)
    assert plan(booked) == {"Hana": (15, 0), "Sol": (15, 0), "Kim": (10, None), "Rami": (5, None), "Gail": (5, None)}
    Room.objects.update(waiting_places=3)
    assert plan(booked)["Kim"] == (10, 2)


def test_two_who_are_kept_apart_never_come_within_ten_minutes_nor_to_one_place(booked):
    Room.objects.update(waiting_places=9)
    wall(booked, "rami", "gail")
    assert plan(booked) == {"Hana": (25, 0), "Sol": (25, 0), "Gail": (15, 2), "Kim": (10, 3), "Rami": (5, 1)}
    wall(booked, "hana", "sol")
    assert plan(booked) == {"Sol": (35, 1), "Hana": (25, 0), "Gail": (15, 3), "Kim": (10, 4), "Rami": (5, 2)}


def test_who_interprets_is_there_before_the_first_of_them(booked):
    cases.add_person(booked.case, by=booked.coordinator, name="Imre Halas", role="interpreter")
    assert plan(booked)["Imre"] == (20, None)


def test_it_takes_one_query_beside_the_circle_however_many_they_are(booked):
    booking = live_booking(booked.case)
    many = []
    for people in (circle(booked.case)[:1], circle(booked.case)):
        with CaptureQueriesContext(connection) as asked:
            arrivals(booking, people)
        many.append(len(asked))
    assert many == [1, 1]
    gone = Participation(case=booked.case, person=booked.sol.person, role="community")
    assert (coming(booking, gone).at, coming(booking, gone).waits) == (booking.starts_at - timedelta(minutes=10), "")
