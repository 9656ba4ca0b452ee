"""What the page of somebody in a closed place shows: where, when visits are held, and for which days the place still has to be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from setfair.core import clock
from setfair.people.custody import Custody, Visit, asked_for, custody_of, visits_ahead
from setfair.people.staying import hours_of

from .models import Case, Participation

_days: list[Callable[[Case], date | None]] = []


def register(day: Callable[[Case], date | None]) -> None:
    """A later floor says on which day a meeting is planned with them (in its `apps.ready`)."""
    if day not in _days:
        _days.append(day)


@dataclass(frozen=True)
class Day:
    """One day on which somebody comes: a visit to prepare them, or the meeting itself. `ask_by` is the last day for asking, and `fits` says that
    the place still holds visits then: its hours may have changed since."""

    on: date
    visit: Visit | None
    ask_by: date
    is_asked: bool
    fits: bool = True


@dataclass(frozen=True)
class Stay:
    custody: Custody
    hours: list[str]
    first: date
    days: list[Day]


def stay_of(participation: Participation) -> Stay | None:
    custody = custody_of(participation.person_id)
    if custody is None:
        return None
    today = clock.local(clock.now(), participation.programme.zone).date()
    visits = visits_ahead(participation.person_id, today, participation.case_id)
    meetings = [day for ask in _days if (day := ask(participation.case)) is not None and day >= today]
    asked = asked_for(custody, [*(v.on for v in visits), *meetings])
    coming: list[tuple[date, Visit | None]] = [*((visit.on, visit) for visit in visits), *((day, None) for day in meetings)]
    lead = timedelta(days=custody.where.lead_days)
    zone = participation.programme.zone
    days = [
        Day(on, visit, on - lead, on in asked, visit is None or _fits(custody, visit, zone)) for on, visit in sorted(coming, key=lambda one: one[0])
    ]
    return Stay(custody, hours_of(custody.where), custody.first_day(today), days)


def _fits(custody: Custody, visit: Visit, zone: str) -> bool:
    starts, ends = (clock.at(visit.on, hour.hour, hour.minute, zone) for hour in (visit.starts, visit.ends))
    return custody.is_open(starts, ends, zone)
