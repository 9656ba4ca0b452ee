"""Many at the same instant, each on a connection of their own. One has the time; the others get a sentence; nobody gets an error."""

import threading
import time
from collections import Counter

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment
from setfair.programmes.models import Room
from setfair.scheduling.actions import CannotBook, CannotOffer, book, rebook
from setfair.scheduling.actions.booking import _one_winner
from setfair.scheduling.holding import hold_people
from setfair.scheduling.models import Booking, Offer, Seat
from setfair.village.cast import circle_of
from setfair.village.story import case_at
from setfair.village.time import at

from .conftest import MONDAY, TUESDAY, led_by_one_alone
from .offered import offered

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 8


def answers(village, attempts):
    """What each of `attempts` (path, form) was answered with, sent by one coordinator from as many browsers at once."""
    clients = [village.sign_in(Client(raise_request_exception=False), "cora") for _attempt in attempts]
    gate, found = threading.Barrier(len(attempts)), []

    def go(client, path, form):
        try:
            gate.wait()
            answer = client.post(path, form)
            found.append((answer.status_code, answer.content.decode()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(c, *attempt)) for c, attempt in zip(clients, attempts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def form(room):
    return {"moment": TUESDAY.isoformat(), "minutes": 60, "room": room.pk}


def ready_cases(village, count):
    with village.inside():
        return [case_at(village, Stage.READY, circle=circle_of(n), matter=n) for n in range(count)]


def statuses(found):
    return Counter(status for status, _page in found)


def test_eight_want_one_room(village, monday):
    stories = ready_cases(village, CLIENTS)
    with village.inside():
        room = Room.objects.get()
        for story in stories:
            led_by_one_alone(story)
    found = answers(village, [(reverse("book", args=[s.case.ref]), form(room)) for s in stories])
    assert statuses(found) == {302: 1, 422: CLIENTS - 1}
    assert all("That room is not free then" in page for status, page in found if status == 422)
    with village.inside():
        assert (Booking.objects.count(), Seat.objects.count()) == (1, 5)


def test_eight_want_the_same_facilitators(village, monday):
    stories = ready_cases(village, CLIENTS)
    with village.inside():
        rooms = [Room.objects.create(name=f"Room {n}") for n in range(CLIENTS)]
    found = answers(village, [(reverse("book", args=[s.case.ref]), form(r)) for s, r in zip(stories, rooms, strict=True)])
    assert statuses(found) == {302: 1, 422: CLIENTS - 1}
    sentences = ("Somebody who is needed cannot come then", "Someone else was booking at the same moment")
    assert all(any(s in page for s in sentences) for status, page in found if status == 422)
    with village.inside():
        assert (Booking.objects.count(), Seat.objects.count()) == (1, 7)
        assert [s.case.ref for s in stories if type(s.case).objects.get(pk=s.case.pk).stage == Stage.SCHEDULED] == [Booking.objects.get().case.ref]


def test_eight_send_the_same_form(village, monday):
    (story,) = ready_cases(village, 1)
    with village.inside():
        room = Room.objects.get()
    found = answers(village, [(reverse("book", args=[story.case.ref]), form(room))] * CLIENTS)
    assert statuses(found) == {302: CLIENTS}
    with village.inside():
        assert (Booking.objects.count(), Seat.objects.count()) == (1, 7)


def test_of_two_who_wait_for_each_other_one_gives_way_with_a_sentence(village):
    """Exclusion constraints make racing writers wait for one another; the database then ends one of the two."""
    with village.inside():
        rooms = [Room.objects.create(name=f"Room {n}").pk for n in range(2)]
    gate, found = threading.Barrier(2), []

    def go(first, second):
        try:
            with village.inside(), _one_winner():
                Room.objects.filter(pk=first).update(seats=1)
                gate.wait()
                Room.objects.filter(pk=second).update(seats=2)
            found.append("done")
        except CannotBook as reason:
            found.append(str(reason))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=order) for order in (rooms, rooms[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(found) == ["Someone else was booking at the same moment. Please try again.", "done"]


@pytest.mark.parametrize("books", [False, True], ids=["offered", "booked"])
def test_of_two_rooms_for_the_same_helpers_one_alone_is_kept_free(village, monday, books):
    """The first has not been written to the end when the second is asked for: it waits, and is told."""
    one, other = ready_cases(village, 2)
    with village.inside():
        rooms = [Room.objects.create(name=f"Room {n}") for n in range(2)]
    written, asked, found = threading.Event(), threading.Event(), {}

    def first():
        with at(MONDAY), village.inside(), transaction.atomic():
            offered(one, rooms[0], hours=10)
            written.set()
            asked.wait(3)

    def second():
        written.wait(30)
        with at(MONDAY), village.inside():
            try:
                if books:
                    book(other.case, by=other.coordinator, room=rooms[1], starts_at=TUESDAY, minutes=60)
                else:
                    offered(other, rooms[1], hours=10)
            except (CannotBook, CannotOffer) as reason:
                found["second"] = str(reason)
        asked.set()

    threads = [threading.Thread(target=closing(act)) for act in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert found == {"second": "Somebody who is needed is kept free for another time until people have answered. Please choose another time."}
    with village.inside():
        assert (Offer.objects.count(), Booking.objects.count()) == (1, 0)


@pytest.mark.parametrize("leave", [cases.step_out, cases.unassign], ids=["steps out", "is taken off"])
def test_whoever_leaves_while_it_is_booked_has_no_seat(village, monday, leave):
    """The booking has read the team and is not written to the end: who leaves waits for it, and then frees the seat."""
    (story,) = ready_cases(village, 1)
    with village.inside():
        room, mine = Room.objects.get(), story.case.assignments.get(facilitator__user=village.ines, ended_at=None)
    written, left = threading.Event(), threading.Event()

    def first():
        with at(MONDAY), village.inside(), transaction.atomic():
            book(story.case, by=story.coordinator, room=room, starts_at=TUESDAY, minutes=60)
            written.set()
            left.wait(2)

    def second():
        written.wait(30)
        with at(MONDAY), village.inside():
            leave(Assignment.objects.get(pk=mine.pk), by=village.actor("ines"))
        left.set()

    threads = [threading.Thread(target=closing(act)) for act in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with village.inside():
        assert Booking.objects.get().released_at is None
        assert not Seat.objects.filter(occupant=village.ines.pk, released_at=None).exists()


def test_a_meeting_that_is_moved_frees_no_seat_before_its_people_are_held(village, monday):
    """Whoever holds them books meanwhile, and may come upon their seats: had these been freed already, each would wait for the other."""
    one, other = ready_cases(village, 2)
    with village.inside():
        rooms = [Room.objects.create(name=f"Room {n}") for n in range(2)]
        with at(MONDAY):
            booking = book(one.case, by=one.coordinator, room=rooms[0], starts_at=TUESDAY, minutes=60)
    held, asked, found = threading.Event(), threading.Event(), []

    def first():
        with village.inside(), transaction.atomic():
            hold_people(other.case)
            held.set()
            waits_for_people()
            found.append(len(Seat.objects.select_for_update(nowait=True).filter(booking=booking, released_at=None)))
            asked.set()

    def second():
        held.wait(30)
        with at(MONDAY), village.inside():
            rebook(booking, by=one.coordinator, room=rooms[1], starts_at=TUESDAY, minutes=60, wish="other")
        found.append(asked.is_set())

    threads = [threading.Thread(target=closing(act)) for act in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with village.inside():
        assert found == [Seat.objects.filter(booking=booking).count(), True]


def waits_for_people():
    """Returns once somebody waits for people who are held."""
    with connection.cursor() as cursor:
        for _try in range(600):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("nobody ever waited")


def closing(act):
    def acted():
        try:
            act()
        finally:
            connections.close_all()

    return acted
