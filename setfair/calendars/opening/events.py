"""What stands in a calendar between two moments, what repeats each time that it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import recurring_ical_events
import x_wr_timezone
from icalendar import Calendar as File

from setfair.core.bounds import NotTaken

MOST_EVENTS = 5_000
MOST_BLOCKS = 5_000
OFTENEST = 24
"""So many times a day something may repeat; what repeats oftener was made to keep us busy."""
LONGEST_NAME = 40
A_DAY_OR_TWO = timedelta(days=2)
"""More than any two clocks lie apart, and the length of a whole day."""
Span = tuple[datetime, datetime]
Found = TypeVar("Found")


def busy(data: bytes, first: datetime, last: datetime, zone: str) -> list[Span]:
    """The blocks in which something is in it, laid together where they touch, the earliest first."""
    blocks = joined(_each(data, lambda one: _spans(one, zone, first, last)))
    if len(blocks) > MOST_BLOCKS:
        raise NotTaken("too_big")
    return blocks


def days(data: bytes, first: datetime, last: datetime, zone: str) -> list[tuple[date, date, str]]:
    """Whole days from the first to the last, with their name. What has an hour is none."""
    return _each(data, lambda one: _days(one, first, last))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap or touch as one."""
    blocks: list[Span] = []
    for starts, ends in sorted(spans):
        if blocks and starts <= blocks[-1][1]:
            blocks[-1] = (blocks[-1][0], max(blocks[-1][1], ends))
        else:
            blocks.append((starts, ends))
    return blocks


def _each(data: bytes, look: Callable[[Any], Iterable[Found]]) -> list[Found]:
    """What `look` finds in each calendar of a file. Raises `NotTaken`, whatever a library stumbles over."""
    try:
        files = File.from_ical(data, multiple=True)
        if not files:
            raise NotTaken("broken")
        return [found for one in files for found in look(one)]
    except (NotTaken, MemoryError):
        raise
    except Exception as fault:  # whatever a library stumbles over; its words may be somebody's, and go nowhere
        raise NotTaken("broken") from fault


def _events(one: Any, first: datetime, last: datetime) -> Iterator[Any]:
    one.subcomponents = [part for part in one.subcomponents if part.name != "VEVENT" or _may_lie_there(part, first, last)]
    events = one.walk("VEVENT")
    if len(events) > MOST_EVENTS or any(_is_a_flood(event) for event in events):
        raise NotTaken("too_big")
    for number, event in enumerate(_repeated(one, first, last)):
        if number > 4 * MOST_BLOCKS:
            raise NotTaken("too_big")
        yield event


def _spans(one: Any, zone: str, first: datetime, last: datetime) -> Iterator[Span]:
    for event in _events(one, first, last):
        if not _leaves_free(event):
            yield from _within(_moment(event.start, zone), _moment(event.end, zone), first, last)
    for free in one.walk("VFREEBUSY"):
        for starts, ends in _published(free, zone):
            yield from _within(starts, ends, first, last)


def _days(one: Any, first: datetime, last: datetime) -> Iterator[tuple[date, date, str]]:
    for event in _events(one, first, last):
        name = " ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_NAME].strip()
        if name and not isinstance(event.start, datetime) and str(event.get("STATUS", "")).upper() != "CANCELLED":
            yield event.start, max(event.start, event.end - timedelta(days=1)), name


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


def _may_lie_there(event: Any, first: datetime, last: datetime) -> bool:
    """Whatever repeats or stands for another, and what is once and near: the years behind us in somebody's calendar cost nothing then."""
    if any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")) or "DTSTART" not in event:
        return True
    try:
        starts = event["DTSTART"].dt
        ends = event["DTEND"].dt if "DTEND" in event else starts + event["DURATION"].dt if "DURATION" in event else starts
        return _moment(ends, "UTC") >= first - A_DAY_OR_TWO and _moment(starts, "UTC") <= last + A_DAY_OR_TWO
    except Exception:  # a broken entry is left to whoever reads them all: it skips it
        return True


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
        return datetime.combine(when, time(), ZoneInfo(zone)).astimezone(UTC)
    return (when if when.tzinfo is not None else when.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
