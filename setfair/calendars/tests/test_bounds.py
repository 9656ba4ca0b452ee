"""What somebody put into a calendar, or at its address, to keep us busy: it costs its own turn, and nobody's letter."""

import time
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from setfair.calendars import actions, fetching, looking, tasks
from setfair.calendars.fetching import Net, fetch
from setfair.calendars.models import Calendar
from setfair.calendars.opening.events import busy
from setfair.calendars.reading import Fault, Unreadable, busy_in
from setfair.calendars.tasks import LOOK, look_at_calendars
from setfair.core import apart, tenant
from setfair.core.actor import system
from setfair.core.lines import AWAY, DAILY
from setfair.letters.waking import WAKE as LETTERS
from setfair.village.build import build
from setfair.village.time import at

MONDAY = datetime(2027, 1, 11, 9, tzinfo=UTC)
ADDRESS = "https://calendar.example/x.ics"
NEVER = (
    "BEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270101T000000Z\r\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n"
)
ENDLESS = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{''.join(NEVER.format(n) for n in range(50))}END:VCALENDAR\r\n".encode()
EMPTY = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nEND:VCALENDAR\r\n"


def by(village):
    return system(village.school.pk)


def test_a_rule_that_never_comes_to_a_day_ends_with_its_own_process(monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 5)
    began = time.monotonic()
    with pytest.raises(Unreadable) as reason:
        busy_in(ENDLESS, zone="America/New_York", first=MONDAY, last=MONDAY + timedelta(days=365))
    assert (reason.value.fault, time.monotonic() - began < 10) == (Fault.TOO_BIG, True)


def test_whoever_looks_up_a_name_for_ever_is_left_alone(monkeypatch):
    monkeypatch.setattr(fetching, "A_WAIT", 0.2)
    done, began = Event(), time.monotonic()
    with pytest.raises(Unreadable) as reason:
        fetch(ADDRESS, Net(resolve=lambda host, port: done.wait(20) and []), seconds=0.2)
    done.set()
    assert (reason.value.fault, time.monotonic() - began < 10) == (Fault.SLOW, True)


def test_calendars_wait_in_a_line_of_their_own_and_once():
    assert (app.tasks[LOOK].queue, app.tasks[LOOK].queueing_lock, app.tasks[LETTERS].queue) == (AWAY, LOOK, DAILY)


@pytest.mark.django_db
def test_that_it_was_tried_is_written_before_the_look_and_by_one_alone(village, monkeypatch):
    seen = []

    def answer(address, net=None):
        seen.append(Calendar.objects.get().tried_at)
        look_at_calendars()
        return EMPTY

    monkeypatch.setattr(looking, "fetch", answer)
    with at(MONDAY), village.inside():
        actions.bring_address(uuid4(), by=by(village), address=ADDRESS)
        look_at_calendars()
    assert [tried_at >= MONDAY for tried_at in seen] == [True]


@pytest.mark.django_db
def test_a_turn_ends_in_good_time_and_the_next_begins_where_it_stopped(village, monkeypatch):
    asked = []
    monkeypatch.setattr(looking, "fetch", lambda address, net=None: asked.append(address[-1]) or time.sleep(0.3) or EMPTY)
    monkeypatch.setattr(tasks, "A_TURN", 0.2)
    with at(MONDAY), village.inside():
        for number in range(3):
            actions.bring_address(uuid4(), by=by(village), address=f"{ADDRESS}?{number}")
        counts = [look_at_calendars() or len(asked) for _turn in range(4)]
    assert (counts, sorted(asked)) == ([1, 2, 3, 3], ["0", "1", "2"])


@pytest.fixture
def village_for_all(transactional_db):
    """A village whose rows are committed, for several connections at once."""
    return build(with_passwords=False)


@pytest.mark.django_db(transaction=True)
def test_two_that_come_at_once_are_counted_both(village_for_all):
    village, who, said = village_for_all, uuid4(), []

    def bring():
        try:
            with tenant.inside(village.school.pk):
                actions.bring_address(who, by=by(village), address=f"{ADDRESS}?late")
        except actions.CannotBring as reason:
            said.append(str(reason))
        finally:
            connection.close()

    late = Thread(target=bring)
    with tenant.inside(village.school.pk):
        for number in range(actions.MOST):
            actions.bring_address(who, by=by(village), address=f"{ADDRESS}?{number}")
        late.start()
        late.join(1)
        assert late.is_alive()
    late.join(30)
    with tenant.inside(village.school.pk):
        assert (said, Calendar.objects.count()) == (["There are 3 calendars here already. Take one away first."], 3)


def test_ten_years_of_somebodys_appointments_are_read():
    """Most of them are over and cost nothing; what lies near is found, and what still repeats, however long ago it began."""
    once = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART;TZID=Europe/Berlin:{1:%Y%m%dT%H%M%S}\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
    began = datetime(2017, 1, 11, 9)
    each_year = "BEGIN:VEVENT\r\nUID:y\r\nDTSTART:20170112T120000Z\r\nDTEND:20170112T130000Z\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n"
    lines = "".join(once.format(n, began + timedelta(days=n)) for n in range(3_700)) + each_year
    file = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{lines}END:VCALENDAR\r\n".encode()
    blocks = busy(file, MONDAY - timedelta(hours=2), MONDAY + timedelta(days=2), "Europe/Berlin")
    hours = [(starts.day, starts.hour) for starts, _ends in blocks]
    assert hours == [(11, 8), (12, 8), (12, 12), (13, 8)]
