"""The weeks in which one circle could meet, one a page, for somebody to say when they could come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from setfair.cases.models import Participation
from setfair.core import clock

from .queries import times_ahead
from .solver import Stretch


@dataclass(frozen=True)
class WeekAhead:
    """The times of one week, which of how many it is, and the Mondays of those before and after, where something is open in them."""

    stretches: list[Stretch]
    monday: date | None = None
    number: int = 0
    weeks: int = 0
    earlier: date | None = None
    later: date | None = None

    def then(self, *, goes_on: bool) -> str:
        """Which week comes after this one was saved, as it stands in the address."""
        there = (goes_on and self.later) or self.monday
        return f"?week={there.isoformat()}" if there else ""


def week_ahead(whose: Participation, said: str) -> WeekAhead:
    """The week in which that day lies, or the next with an open time; without a day the first."""
    weeks: dict[date, list[Stretch]] = {}
    for one in times_ahead(whose):
        day = clock.local(one.starts, whose.programme.zone).date()
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(one)
    if not weeks:
        return WeekAhead([])
    mondays = list(weeks)
    at = next((n for n, monday in enumerate(mondays) if _day(said) < monday + timedelta(days=7)), len(mondays) - 1)
    around = [mondays[n] if 0 <= n < len(mondays) else None for n in (at - 1, at + 1)]
    return WeekAhead(weeks[mondays[at]], mondays[at], at + 1, len(mondays), *around)


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return date.min
