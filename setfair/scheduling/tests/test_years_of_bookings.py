"""A time is looked for among a year of bookings, and among ten times as many: the whole page of it, reasons and ways out and all.

`bench figure suggest` runs it with a thousand and ten thousand. The bookings lie in the database as others would have made them, in rooms and with
people of the same team; of what they are about nothing is there, for no search reads it.
"""

import os
import statistics
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setfair.calendars import actions as calendars
from setfair.cases.journey import Stage
from setfair.facilitators.models import Facilitator
from setfair.programmes.models import Programme, Room
from setfair.scheduling.choosing import to_choose
from setfair.scheduling.look import Look
from setfair.scheduling.models import Booking
from setfair.village.cast import circle_of
from setfair.village.story import case_at
from tests import pgcluster

from .conftest import MONDAY

pytestmark = pytest.mark.django_db
YEAR = int(os.environ.get("SETFAIR_YEAR") or 40)
TIMES = int(os.environ.get("SETFAIR_YEAR_TIMES") or 2)
CASES, DAYS = 4, 182
A_ROOM = 250
"""So many meetings a room has in a year: one on each working day."""
BY_HAND = uuid.UUID(int=5)

BOOKING = """INSERT INTO scheduling_booking (id, programme_id, case_id, room_id, during, longest, made_at, made_by, despite)
VALUES (%s, %s, %s, %s, tstzrange(%s, %s), %s, %s, %s, %s)"""
SEAT = "INSERT INTO scheduling_seat (id, programme_id, booking_id, occupant, during) VALUES (%s, %s, %s, %s, tstzrange(%s, %s))"


@pytest.fixture
def server():
    """The database past every rule: a booking of a case that is not there is put in, and taken out again."""
    with pgcluster.superuser(pgcluster.clone_name()) as found:
        found.execute("SET session_replication_role = replica")
        yield found
        found.execute("DELETE FROM scheduling_seat WHERE booking_id IN (SELECT id FROM scheduling_booking WHERE made_by = %s)", [BY_HAND])
        found.execute("DELETE FROM scheduling_booking WHERE made_by = %s", [BY_HAND])


def booked(server, programme, team, first, last):
    """Half of them behind and half ahead, in as many rooms as that many need; in five rooms somebody of the team sits, in turn."""
    rooms = [Room.objects.create(name=f"Room {first} {n}") for n in range(max(1, (last - first) // A_ROOM))]
    bookings, seats, a_day = [], [], (last - first) / len(rooms) / (2 * DAYS)
    for n in range(last - first):
        slot, room = divmod(n, len(rooms))
        starts = (MONDAY + timedelta(days=round(slot / a_day) - DAYS)).replace(hour=(8, 12, 15)[(slot + room) % 3])
        span, key = (starts, starts + timedelta(minutes=55)), uuid.uuid4()
        bookings.append((key, programme.pk, uuid.uuid4(), rooms[room].pk, *span, timedelta(hours=2), starts - timedelta(days=9), BY_HAND, b""))
        theirs = [team[room].user_id] if first == 0 and room < len(team) else []
        seats += [(uuid.uuid4(), programme.pk, key, who, *span) for who in (*theirs, *(uuid.uuid4() for _stranger in range(4)))]
    with server.cursor() as cursor:
        cursor.executemany(BOOKING, bookings)
        cursor.executemany(SEAT, seats)
    server.execute("ANALYZE scheduling_booking, scheduling_seat")


def asked(cases, by):
    """Each in turn, so that all meet the same noise: seconds on the wall, and of the processor."""
    wall, own = [], []
    for _turn in range(TIMES):
        for case in cases:
            began, spent = time.perf_counter(), time.process_time()
            page = to_choose(case, by, Look())
            wall.append(time.perf_counter() - began)
            own.append(time.process_time() - spent)
            assert page["suggestions"] or page["ways"]
    return sorted(wall), sorted(own)


def queries(case, by):
    with CaptureQueriesContext(connection) as caught:
        to_choose(case, by, Look())
    return len(caught)


def fixed_loop():
    began = time.perf_counter()
    sum(n * n % 7 for n in range(1_500_000))
    return time.perf_counter() - began


def test_however_many_years_are_booked_a_time_is_found_as_quickly(village, ready, server, record_property):
    stories = [ready, *(case_at(village, Stage.READY, circle=circle_of(n + 1), matter=n) for n in range(1, CASES))]
    off = [(MONDAY.date(), MONDAY.date() + timedelta(days=400))]
    calendars.say_week(stories[-1].people["harmed"].person_id, by=ready.coordinator, times=[], days_off=off)
    cases, programme = [story.case for story in stories], Programme.objects.get(pk=ready.programme.pk)
    team = list(Facilitator.objects.order_by("pk")[:5])
    loops, found, cora = [fixed_loop()], {}, ready.coordinator
    for name, first, last in (("year", 0, YEAR), ("ten", YEAR, 10 * YEAR)):
        booked(server, programme, team, first, last)
        asked(cases[:1], cora)
        found[name] = (asked(cases, cora), queries(cases[0], cora))
        loops.append(fixed_loop())
    assert Booking.objects.count() == 10 * YEAR
    for name, ((wall, own), many) in found.items():
        record_property(f"{name}_p95", round(wall[int(len(wall) * 0.95)] * 1000))
        record_property(f"{name}_own_p95", round(own[int(len(own) * 0.95)] * 1000))
        record_property(f"{name}_queries", many)
    quiet = {name: statistics.quantiles(own, n=4)[0] for name, ((_wall, own), _many) in found.items()}
    record_property("ratio", f"{quiet['ten'] / quiet['year']:.2f}")
    record_property("noise", f"{max(loops) / min(loops):.2f}")
    assert found["ten"][1] == found["year"][1]
