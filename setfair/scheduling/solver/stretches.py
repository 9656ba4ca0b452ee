from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Stretch:
    """One window of the week on one day."""

    name: str
    starts: datetime
    ends: datetime

    def holds(self, starts: datetime, ends: datetime) -> bool:
        return self.starts <= starts and ends <= self.ends


def stretches_of(day: date, windows: Iterable[tuple[str, time, time]], zone: str) -> list[Stretch]:
    """The windows of one day as moments, earliest first."""
    made = [Stretch(name, _moment(day, starts, zone), _moment(day, ends, zone)) for name, starts, ends in windows]
    return sorted((s for s in made if s.starts < s.ends), key=lambda s: (s.starts, s.ends))


def _moment(day: date, at: time, zone: str) -> datetime:
    """In the hour that daylight saving repeats, the first one; a time that is skipped is the one an hour later."""
    return datetime(day.year, day.month, day.day, at.hour, at.minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)
