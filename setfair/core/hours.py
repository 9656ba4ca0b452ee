"""Times at which somebody may be written to: hours of the day, on some days of the week, on the programme's own clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from . import clock

A_WEEK = range(9)
"""Days to look through: whatever repeats weekly has begun anew by the last of them."""


@dataclass(frozen=True)
class Hours:
    """From `starts` up to `ends`, of `days` (Monday is 0). What is left empty sets no bound: no days are all days, no end is midnight."""

    starts: time | None = None
    ends: time | None = None
    days: Collection[int] = ()

    def on(self, day: date, zone: str) -> tuple[datetime, datetime] | None:
        if self.days and day.weekday() not in self.days:
            return None
        starts, morrow = self.starts or time(0), day + timedelta(days=1)
        ends = clock.at(day, self.ends.hour, self.ends.minute, zone) if self.ends else clock.at(morrow, 0, 0, zone)
        return clock.at(day, starts.hour, starts.minute, zone), ends


def first_moment(after: datetime, zone: str, *hours: Hours) -> datetime | None:
    """The first moment from `after` on that lies in all of these hours; `after` itself when it does, None when no moment ever will."""
    today = clock.local(after, zone).date()
    for later in A_WEEK:
        spans = [one.on(today + timedelta(days=later), zone) for one in hours]
        if all(spans):
            known = [span for span in spans if span]
            begins, ends = max([after, *(span[0] for span in known)]), min((span[1] for span in known), default=None)
            if ends is None or begins < ends:
                return begins
    return None
