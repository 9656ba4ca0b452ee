"""Days that count. A school deadline skips holidays; a court deadline counts working days."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

EARLIEST = date(2000, 1, 1)
"""No case here began before this; an earlier date is a slip of the finger."""


def now() -> datetime:
    """The present moment, from here and not from the database.

    There one transaction has one single moment, and the later of two answers given in
    it could not be told.
    """
    return _still.get() or timezone.now()


_still: ContextVar[datetime | None] = ContextVar("still", default=None)


@contextmanager
def standing_still(at: datetime | None) -> Iterator[None]:
    """While a question is put into SQL that is to be asked at other moments: it shows where the moment stands in it."""
    token = _still.set(at)
    try:
        yield
    finally:
        _still.reset(token)


def add_days(start: date, days: int, *, closed: Container[date] = ()) -> date:
    """The date `days` open days after `start`; weekends and `closed` dates do not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if _is_open(day, closed):
            days -= 1
    return day


def first_open_day(day: date, *, closed: Container[date] = ()) -> date:
    """That day, or the first one after it that counts."""
    return day if _is_open(day, closed) else add_days(day, 1, closed=closed)


def open_days_between(start: date, end: date, *, closed: Container[date] = ()) -> int:
    """How many open days lie after `start`, up to and with `end`; 0 when `end` is not later."""
    count, day = 0, start
    while day < end:
        day += timedelta(days=1)
        if _is_open(day, closed):
            count += 1
    return count


def _is_open(day: date, closed: Container[date]) -> bool:
    return day.weekday() < 5 and day not in closed


def local(moment: datetime, zone: str) -> datetime:
    """A stored (UTC) moment on the wall clock of a programme or a person."""
    return moment.astimezone(ZoneInfo(zone))


def at(day: date, hour: int, minute: int, zone: str) -> datetime:
    """A wall-clock time of a programme as a moment; in the hour that daylight saving repeats, the first one."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
