"""What is taken in somebody's calendar: from when until when, and nothing else of it. Titles, places and people are never looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import recurring_ical_events
import x_wr_timezone
from icalendar import Calendar as File

from setfair.core import clock

from .models import Calendar
from .queries import Span

MOST_BYTES = 2_000_000
MOST_EVENTS = 5_000
MOST_BLOCKS = 5_000
LONGEST = 10.0
"""Seconds after which a calendar is too much for us."""
OFTENEST = 24
"""So many times a day something may repeat; what repeats oftener was made to keep us busy."""
Fault = Calendar.Fault
Found = TypeVar("Found")


class Unreadable(Exception):
    """This cannot be read; `fault` is the code of the reason, whose words its owner is told. Nothing of the content is in it."""

    def __init__(self, fault: Calendar.Fault) -> None:
        super().__init__(str(fault.value))
        self.fault = fault


def busy_in(data: bytes, *, zone: str, first: datetime, last: datetime) -> list[Span]:
    """The blocks between two moments in which something is in it, laid together where they touch, the earliest first.

    What repeats is told day by day. Left out is what is cancelled, and what its owner marked as leaving them free. A whole day, and
    a time without a zone, are of the wall clock of `zone`. Raises `Unreadable`.
    """
    until = time.monotonic() + LONGEST
    blocks = joined(opened(data, lambda one: _spans(one, zone, first, last, until)))
    if len(blocks) > MOST_BLOCKS:
        raise Unreadable(Fault.TOO_BIG)
    return blocks


def opened(data: bytes, look: Callable[[Any], Iterable[Found]]) -> list[Found]:
    """What `look` finds in each calendar of a file. Raises `Unreadable`, whatever a library stumbles over."""
    if len(data) > MOST_BYTES:
        raise Unreadable(Fault.TOO_BIG)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        raise Unreadable(Fault.NOT_ONE)
    try:
        files = File.from_ical(data, multiple=True)
        if not files:
            raise Unreadable(Fault.BROKEN)
        return [found for one in files for found in look(one)]
    except Unreadable:
        raise
    except Exception as fault:  # whatever a library stumbles over; its words may be somebody's, and go nowhere
        raise Unreadable(Fault.BROKEN) from fault


def events_of(one: Any, first: datetime, last: datetime, until: float) -> Iterator[Any]:
    """Each event between two moments, what repeats each time that it does; `Unreadable` once it is too much for us."""
    events = one.walk("VEVENT")
    if len(events) > MOST_EVENTS or any(_is_a_flood(event) for event in events):
        raise Unreadable(Fault.TOO_BIG)
    for number, event in enumerate(_repeated(one, first, last)):
        if number > 4 * MOST_BLOCKS or time.monotonic() > until:
            raise Unreadable(Fault.TOO_BIG)
        yield event


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap or touch as one."""
    blocks: list[Span] = []
    for starts, ends in sorted(spans):
        if blocks and starts <= blocks[-1][1]:
            blocks[-1] = (blocks[-1][0], max(blocks[-1][1], ends))
        else:
            blocks.append((starts, ends))
    return blocks


def _spans(one: Any, zone: str, first: datetime, last: datetime, until: float) -> Iterator[Span]:
    for event in events_of(one, first, last, until):
        if not _leaves_free(event):
            yield from _within(_moment(event.start, zone), _moment(event.end, zone), first, last)
    for free in one.walk("VFREEBUSY"):
        for starts, ends in _published(free, zone):
            yield from _within(starts, ends, first, last)


def _repeated(one: Any, first: datetime, last: datetime) -> Iterator[Any]:
    standard = x_wr_timezone.to_standard(one)
    for event in recurring_ical_events.of(standard, components=["VEVENT"], skip_bad_series=True).after(first):
        if _moment(event.start, "UTC") > last + timedelta(days=1):
            return
        yield event


def _within(starts: datetime, ends: datetime, first: datetime, last: datetime) -> Iterator[Span]:
    starts, ends = max(starts, first), min(ends, last)
    if starts < ends:
        yield starts, ends


def _is_a_flood(event: Any) -> bool:
    rules = event.get("RRULE", [])
    return any(_oftener(rule) for rule in (rules if isinstance(rules, list) else [rules]))


def _oftener(rule: Any) -> bool:
    often = str(next(iter(rule.get("FREQ", [""])))).upper()
    a_day = len(rule.get("BYHOUR", [0])) * len(rule.get("BYMINUTE", [0])) * len(rule.get("BYSECOND", [0]))
    return often in ("SECONDLY", "MINUTELY") or a_day * (24 if often == "HOURLY" and "BYHOUR" not in rule else 1) > OFTENEST


def _leaves_free(event: Any) -> bool:
    said = {name: str(event.get(name, "")).upper() for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")}
    return said["STATUS"] == "CANCELLED" or said["TRANSP"] == "TRANSPARENT" or said["X-MICROSOFT-CDO-BUSYSTATUS"] in ("FREE", "WORKINGELSEWHERE")


def _published(free: Any, zone: str) -> Iterator[Span]:
    """Of a calendar that tells only when somebody is busy."""
    told = free.get("FREEBUSY", [])
    for each in told if isinstance(told, list) else [told]:
        if str(each.params.get("FBTYPE", "BUSY")).upper() != "FREE":
            for period in getattr(each, "dts", [each]):
                starts, ends = period.dt
                yield _moment(starts, zone), _moment(starts + ends if isinstance(ends, timedelta) else ends, zone)


def _moment(when: date, zone: str) -> datetime:
    if not isinstance(when, datetime):
        return clock.at(when, 0, 0, zone).astimezone(UTC)
    return (when if when.tzinfo is not None else when.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
