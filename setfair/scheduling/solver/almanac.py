"""Between moments and grains: the open stretches of some weeks as a line, and back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .grains import Line, span
from .stretches import Stretch

GRAIN = timedelta(minutes=5)
STEP = 3
"""A meeting may begin at every third grain after a window opens."""
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class _Day:
    begins: datetime
    first: int
    grains: int


class Almanac:
    """Moments are moments here, so a day on which the clocks change is as long as it is.

    Hours between the windows of a day are on the line, nights are not.
    """

    def __init__(self, stretches: Sequence[Stretch], zone: str) -> None:
        self.stretches = sorted(stretches, key=lambda one: (one.starts, one.ends))
        self.zone = zone
        by_date: dict[tuple[int, ...], list[Stretch]] = {}
        for one in self.stretches:
            local = one.starts.astimezone(ZoneInfo(zone))
            by_date.setdefault((local.year, local.month, local.day), []).append(one)
        self.days: list[_Day] = []
        for some in by_date.values():
            begins = some[0].starts
            first = self.days[-1].first + self.days[-1].grains if self.days else 0
            self.days.append(_Day(begins, first, -((begins - max(one.ends for one in some)) // GRAIN)))
        self.line = Line.of([day.grains for day in self.days], [self.week_of(day.begins) for day in self.days])
        self.windows = [self._inward(one) for one in self.stretches]

    def begins(self, length: int, after: datetime) -> int:
        """Where a meeting of that length may begin: each quarter of an hour of a window that is long enough, and the opening of one that is not."""
        found = 0
        for first, end in self.windows:
            for at in range(first, max(end - length, first) + 1, STEP):
                if self.moment(at) > after:
                    found |= 1 << at
        return found

    def week_of(self, moment: datetime) -> int:
        year, week, _day = moment.astimezone(ZoneInfo(self.zone)).isocalendar()
        return year * 100 + week

    def mask(self, spans: Iterable[Span]) -> int:
        """Every grain that one of these touches."""
        found = 0
        for starts, ends in spans:
            for day in self.days[max(0, bisect_right(self.days, starts, key=lambda day: day.begins) - 1) :]:
                if day.begins >= ends:
                    break
                first = max(0, (starts - day.begins) // GRAIN)
                end = min(day.grains, -((day.begins - ends) // GRAIN))
                found |= span(day.first + first, day.first + end)
        return found

    def within(self, some: Span) -> tuple[int, int] | None:
        """The grains that a span of one day touches, as the first and the one after the last; None where it touches none."""
        mask = self.mask([some])
        return ((mask & -mask).bit_length() - 1, mask.bit_length()) if mask else None

    def stretch(self, grain: int) -> Stretch:
        """The window in which a grain lies; the earliest of several."""
        return next(one for one, (first, end) in zip(self.stretches, self.windows, strict=True) if first <= grain < end)

    def stretch_of(self, moment: datetime) -> Stretch:
        return next(one for one in self.stretches if one.starts <= moment < one.ends)

    def moment(self, grain: int) -> datetime:
        day = self.days[self.line.day(grain)]
        return day.begins + (grain - day.first) * GRAIN

    def _inward(self, one: Stretch) -> tuple[int, int]:
        """No grain that lies outside in part."""
        day = next(day for day in reversed(self.days) if day.begins <= one.starts)
        return day.first + -((day.begins - one.starts) // GRAIN), day.first + (one.ends - day.begins) // GRAIN


def grains(minutes: int) -> int:
    return -(-timedelta(minutes=minutes) // GRAIN)
