"""On which days somebody is called. Pure: days in, days out; what is closed is asked before."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from setfair.core import clock
from setfair.programmes.models import Programme

LATE, UNHEARD = 3, 7
"""Open days after which whoever coordinates is told of a call that nobody made, and after which whoever supervises is."""


@dataclass(frozen=True)
class Intervals:
    """Days after the agreement came into force: the first call, the second, one every so many days after that, and one when all is over."""

    first: int
    second: int | None
    every: int | None
    later: int


DEFAULT = {
    Programme.Kind.SCHOOL: Intervals(7, 21, None, 84),
    Programme.Kind.COMMUNITY: Intervals(14, None, 30, 90),
}
"""practice.md 2.9 and C2: a week and three weeks in a school, two weeks and then monthly elsewhere; on each due day; three months later."""


def early(begins: date, until: date, every: Intervals) -> list[date]:
    """The days on which they are asked how it goes, as long as something is promised (`until`); the first one always."""
    days = [begins + timedelta(days=every.first)]
    if every.second is not None:
        days.append(begins + timedelta(days=every.second))
    if every.every is not None:
        while days[-1] + timedelta(days=every.every) <= until:
            days.append(days[-1] + timedelta(days=every.every))
    return [day for number, day in enumerate(days) if number == 0 or day <= until]


@dataclass(frozen=True)
class Days:
    due_on: date
    late_on: date
    unheard_on: date


def on_open_days(day: date, closed: Container[date]) -> Days:
    """That day, or the next one on which somebody is there, and when it is late."""
    due = clock.first_open_day(day, closed=closed)
    return Days(due, clock.add_days(due, LATE, closed=closed), clock.add_days(due, UNHEARD, closed=closed))


def next_open(day: date, closed: Container[date]) -> date:
    """The first day after this one on which somebody is there."""
    return clock.add_days(day, 1, closed=closed)
