"""The hours at which somebody may not be out, for the search. They are a need of their own there, so that it can say which one blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from setfair.core import clock
from setfair.people.limits import with_hours
from setfair.people.orders import Condition

from .. import solver

OUT = "out "


def out_hours(people: Iterable[UUID], stretches: Sequence[solver.Stretch], zone: str) -> dict[str, list[solver.Span]]:
    """By `out_of` each of those who live under such hours: when they may not be out, on the days of these stretches. One query."""
    days = sorted({clock.local(one.starts, zone).date() for one in stretches})
    found = defaultdict[str, list[solver.Span]](list)
    for one in with_hours(people):
        for day in days:
            if one.starts_on is None or one.starts_on <= day:
                found[out_of(one.person_id)] += _on(one, day, zone)
    return found


def out_of(person: UUID) -> str:
    return f"{OUT}{person}"


def as_said(need: solver.Need) -> solver.Need:
    """A need in whose way such hours are, as `out` of that person; any other as it is. In a plan they are taken with that person."""
    if not need.what.startswith(OUT):
        return need
    return solver.Need("out" if need.kind == "away" else need.kind, need.what.removeprefix(OUT))


def _on(one: Condition, day: date, zone: str) -> Iterator[solver.Span]:
    if one.not_before:
        yield clock.at(day, 0, 0, zone), clock.at(day, one.not_before.hour, one.not_before.minute, zone)
    if one.not_after:
        yield clock.at(day, one.not_after.hour, one.not_after.minute, zone), clock.at(day + timedelta(days=1), 0, 0, zone)
