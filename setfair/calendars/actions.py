from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .models import DaysOff, Week, WeekTime
from .queries import week_of

Time = tuple[int, time, time, str]
"""A weekday (Monday is 0), from, until, and yes, if needed or no."""


@transaction.atomic
def say_week(occupant: UUID, *, by: Actor, times: Sequence[Time], days_off: Sequence[tuple[date, date]] = ()) -> Week:
    """What somebody says of every week from now on, in place of what they said before; said twice the same, it is one."""
    last = week_of(occupant)
    if last is not None and _same(last, times, days_off):
        return last
    week = Week.objects.create(occupant=occupant, by_kind=by.kind)
    WeekTime.objects.bulk_create(
        WeekTime(week=week, weekday=weekday, starts=starts, ends=ends, answer=answer) for weekday, starts, ends, answer in times
    )
    DaysOff.objects.bulk_create(DaysOff(week=week, first=first, last=final) for first, final in days_off)
    record("said_week", week, by=by)
    return week


@transaction.atomic
def add_to_week(occupant: UUID, *, by: Actor, times: Sequence[tuple[datetime, datetime, str]], zone: str) -> None:
    """These moments suit them every week, on the wall clock of `zone`; what they said of other hours stays."""
    new = [_on_the_wall(*one, zone=zone) for one in times]
    last = week_of(occupant)
    kept = [(t.weekday, t.starts, t.ends, t.answer) for t in last.times.all()] if last is not None else []
    apart = [old for old in kept if not any(old[0] == n[0] and old[1] < n[2] and n[1] < old[2] for n in new)]
    if new:
        off = [(d.first, d.last) for d in last.days_off.all()] if last is not None else []
        say_week(occupant, by=by, times=sorted({*apart, *new}), days_off=off)


def _on_the_wall(starts: datetime, ends: datetime, answer: str, *, zone: str) -> Time:
    there = clock.local(starts, zone)
    return there.weekday(), there.time(), clock.local(ends, zone).time(), answer


def _same(week: Week, times: Sequence[Time], days_off: Sequence[tuple[date, date]]) -> bool:
    said = {(t.weekday, t.starts, t.ends, t.answer) for t in week.times.all()}
    return said == set(times) and {(d.first, d.last) for d in week.days_off.all()} == set(days_off)
