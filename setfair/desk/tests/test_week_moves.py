"""In the week a meeting is picked up and put elsewhere: each place says what it would be or what stands in the way, and nothing moves unasked."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.journal.models import Entry
from setfair.letters.actions import mark_sent
from setfair.letters.models import Letter
from setfair.programmes.models import Closure, Membership, Role, Room
from setfair.scheduling import actions
from setfair.scheduling.actions import book
from setfair.scheduling.models import Booking, Change
from setfair.scheduling.spots import spots_of
from setfair.scheduling.tests.conftest import MONDAY, TUESDAY, led_by_one_alone, monday, ready, ready_on_monday  # noqa: F401
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db
WEEK = {"day": "2027-01-12", "view": "windows"}
WEDNESDAY = {"day": "2027-01-13", "window": "Lunch", "from": "week"}


@pytest.fixture
def booked(ready):  # noqa: F811
    book(ready.case, by=ready.coordinator, room=Room.objects.get(), starts_at=TUESDAY, minutes=60)
    ready.case.refresh_from_db()
    return ready


@pytest.fixture
def cora(village, client, booked):
    return village.sign_in(client, "cora")


def move(booking):
    return reverse("booking_move", args=[booking.pk])


def read(client, address, given=None):
    answer = client.get(address, given or {})
    assert answer.status_code == 200
    return answer.content.decode()


def others(village, number=3, room="Library"):
    """Another case with a time in the same week, in a room of its own."""
    other = case_at(village, Stage.READY, circle=OTHER, matter=number)
    led_by_one_alone(other)
    elsewhere = Room.objects.create(name=f"{room} {number}", seats=12)
    book(other.case, by=other.coordinator, room=elsewhere, starts_at=TUESDAY + timedelta(days=7 * (number - 3)), minutes=60)
    return other


def test_each_place_of_the_week_says_which_time_it_would_be_or_what_stands_in_the_way(booked):
    Closure.objects.create(name="Snow day", starts_on=date(2027, 1, 14), ends_on=date(2027, 1, 14))
    Room.objects.create(name="A library", seats=12)
    actions.answer_time(booked.hana, by=booked.me("hana"), starts_at=TUESDAY + timedelta(days=1, hours=4), answer="no")
    found = spots_of(booked.booking, MONDAY.date())
    said = {(day.isoformat()[8:], name): spot.begins or spot.blocks for (day, name), spot in found.items()}
    assert said == {
        ("12", "Lunch"): "noon",
        ("12", "After school"): "3:15 p.m.",
        ("13", "Lunch"): "Hana said no",
        ("13", "After school"): "3:15 p.m.",
        ("15", "Lunch"): "noon",
        ("15", "After school"): "3:15 p.m.",
    }
    assert {spot.room for spot in found.values() if spot.room} == {booked.booking.room}


def test_it_is_picked_up_looked_at_moved_and_moved_back(cora, booked):
    was = booked.booking
    page = read(cora, reverse("week"), WEEK | {"move": was.pk})
    assert ("Where does" in page, "Here, noon" in page, "Nothing moves before you have said yes" in page) == (True, True, True)
    look = read(cora, move(was), WEDNESDAY)
    assert "Wednesday, 13 Jan 2027, noon to 1 p.m." in look and "Yes, move it" in look
    assert (Change.objects.count(), booked.booking) == (0, was)
    said = {"moment": "2027-01-13T12:00:00-05:00", "minutes": 60, "room": was.room_id, "from": "week", "wish": "venue"}
    there = cora.post(move(was), said)
    became = booked.booking
    assert (there.status_code, became.starts_at) == (302, TUESDAY + timedelta(days=1, hours=4))
    page = read(cora, there.url)
    assert f"{booked.case.ref} is moved" in page and "It was: Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m." in page
    back = {"moment": TUESDAY.isoformat(), "room": was.room_id, "from": "week"}
    look = cora.get(move(became), back)
    assert (look.context["form"].initial["wish"], "Yes, move it" in look.content.decode()) == ("venue", True)
    assert cora.post(move(became), said | {"moment": TUESDAY.isoformat()}).status_code == 302
    assert (booked.booking.starts_at, Change.objects.count()) == (TUESDAY, 2)
    assert "is moved" not in read(cora, there.url)


def test_before_it_moves_it_is_said_who_is_told(cora, booked):
    look = read(cora, move(booked.booking), WEDNESDAY)
    assert "Nobody was told the old time yet" in look
    for letter in Letter.objects.filter(key__startswith=f"booked:{booked.booking.pk}:"):
        mark_sent(letter, by=booked.coordinator)
    look = read(cora, move(booked.booking), WEDNESDAY)
    assert "They know the old time, and get a message with the new one: Hana" in look
    assert ("Nobody was told the old time yet" in look, "as their first" in look) == (False, False)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"day": "2027-01-05", "window": "Tuesday morning"}, "No meeting can be held then"),
        ({"day": "2027-01-16", "window": "Lunch"}, "No meeting can be held then"),
        ({"day": "2027-01-12", "window": "Tuesday morning"}, "It is in this window already"),
        ({"day": "nonsense", "window": "Lunch"}, "could not be read"),
        ({"room": "nonsense"}, "could not be read"),
        ({"moment": "nonsense"}, "could not be read"),
        ({"day": "9999-12-31", "window": "Lunch"}, "could not be read"),
        ({"moment": "2027-01-13T22:00:00-05:00"}, "outside the times"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_changes_nothing(cora, booked, where, words):
    page = read(cora, move(booked.booking), where | {"from": "week"})
    assert ("It cannot go there" in page, words in page, "Yes, move it" in page) == (True, True, False)


def test_a_room_that_is_taken_and_a_room_that_is_free(cora, village, booked):
    others(village)
    library, empty = Room.objects.get(name="Library 3"), Room.objects.create(name="Hall", seats=12)
    assert "That room is not free then" in read(cora, move(booked.booking), {"room": library.pk})
    page = read(cora, move(booked.booking), {"room": empty.pk})
    assert "Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m. · Hall" in page and "Yes, move it" in page
    page = read(cora, reverse("week"), WEEK | {"view": "rooms", "move": booked.booking.pk})
    assert f"room={empty.pk}" in page and "Here, at the same hour" in page


def test_somebody_who_was_quicker_is_told_in_words(cora, village, booked):
    said = {"moment": "2027-01-12T12:00:00-05:00", "minutes": 60, "room": booked.booking.room_id, "from": "week", "wish": "venue"}
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    led_by_one_alone(other)
    book(other.case, by=other.coordinator, room=booked.booking.room, starts_at=TUESDAY + timedelta(hours=4), minutes=60)
    answer = cora.post(move(booked.booking), said)
    assert (answer.status_code, "That room is not free then" in answer.content.decode(), booked.booking.starts_at) == (422, True, TUESDAY)


def test_who_said_no_asks_for_a_reason(cora, booked):
    actions.answer_time(booked.hana, by=booked.me("hana"), starts_at=TUESDAY + timedelta(days=1, hours=4), answer="no")
    page = read(cora, move(booked.booking), {"moment": "2027-01-13T12:00:00-05:00"})
    assert "Hana said no to this time" in page and 'name="despite"' in page


@pytest.mark.parametrize(
    ("who", "picks", "opens"), [("cora", 200, 200), ("sven", 404, 404), ("fadi", 404, 200), ("mina", 404, 404), ("lena", 404, 404)]
)
def test_who_may_pick_it_up(client, village, booked, who, picks, opens):
    village.sign_in(client, who)
    assert client.get(reverse("week"), WEEK | {"move": booked.booking.pk}).status_code == picks
    assert client.get(move(booked.booking), WEDNESDAY).status_code == opens


def test_what_is_not_theirs_to_book_is_not_picked_up(client, village, booked):
    Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
    cases.seal(booked.case, by=village.actor("cora"), why="staff", team=[village.cora, village.fadi])
    village.sign_in(client, "sven")
    for key in ("move", "moved"):
        page = read(client, reverse("week"), WEEK | {key: booked.booking.pk})
        assert ("Where does" in page, booked.case.ref in page, "is moved" in page) == (False, False, False)


def test_what_has_begun_or_is_no_key_is_not_picked_up_and_what_is_read_is_noted(cora, village, booked):
    address = WEEK | {"move": booked.booking.pk}
    assert "Where does" in read(cora, reverse("week"), address)
    assert Entry.objects.filter(verb="read", subject_id=str(booked.booking.pk)).exists()
    assert "Where does" not in read(cora, reverse("week"), WEEK | {"move": "nonsense", "moved": "nonsense"})
    with at(TUESDAY + timedelta(minutes=5)):
        assert "Where does" not in read(village.sign_in(type(cora)(), "cora"), reverse("week"), address)
    Booking.objects.get().free()
    assert "Where does" not in read(cora, reverse("week"), address)


def test_half_an_hour_later_in_the_same_room_its_own_time_is_not_in_the_way(cora, booked):
    page = read(cora, move(booked.booking), {"moment": (TUESDAY + timedelta(minutes=30)).isoformat()})
    assert "Yes, move it" in page


def test_it_asks_the_same_however_much_is_booked(cora, village, booked):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            read(cora, reverse("week"), WEEK | {"move": booked.booking.pk})
        return len(queries)

    asked()
    at_one = asked()
    for number in (3, 4):
        others(village, number)
    assert asked() == at_one
