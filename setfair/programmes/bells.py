"""Bell schedules: read from a list row by row, and asked for the hours of a period on a day.

The list says `schedule,day_pattern,period,start,end,kind`, the other one `date,schedule`. What cannot be read is told by its
row, and nothing is written. Reading is pure.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Subquery
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from setfair.core.moulds import Mould, together
from setfair.core.text import folded

from .models import BellDay, Bells, Period, Window

COLUMNS, OF_DAYS = ("schedule", "day_pattern", "period", "start", "end", "kind"), ("date", "schedule")
WEEK = (("mon", "lun"), ("tue", "mar"), ("wed", "mie"), ("thu", "jue"), ("fri", "vie"), ("sat", "sab"), ("sun", "dom"))
MOST = 2000
SHAPES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p")
Hours = tuple[time, time]


@dataclass(frozen=True)
class Row:
    """One period as the list says it."""

    schedule: str
    days: tuple[int, ...]
    name: str
    starts: time
    ends: time
    kind: str


@dataclass
class Reading:
    """What a list says, and in which rows it says something that cannot be."""

    rows: list[Row] = field(default_factory=list)
    days: dict[date, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def schedules(self) -> list[str]:
        return list(dict.fromkeys(row.schedule for row in self.rows))


@dataclass(frozen=True)
class Ringing:
    """The bells that count now."""

    periods: list[tuple[str, list[int], str, time, time, str]]
    days: dict[date, str]

    def hours(self, period: str, day: date) -> list[Hours] | None:
        """When this period is on that day, which may be never; None where no schedule knows the day."""
        today = self._of(day)
        return [(starts, ends) for _schedule, _days, name, starts, ends, _kind in today if folded(name) == folded(period)] if today else None

    def of(self, window: Window, day: date) -> list[Hours]:
        """From when until when a window is: by the bells where they know its period that day, else its own hours."""
        rung = self.hours(window.period, day) if window.period else None
        return [(window.starts, window.ends)] if rung is None else rung

    def lessons(self, day: date) -> list[tuple[str, time, time]]:
        """The lessons of that day, each with its name."""
        return [(name, starts, ends) for _schedule, _days, name, starts, ends, kind in self._of(day) if kind == Period.Kind.LESSON]

    def _of(self, day: date) -> list[tuple[str, list[int], str, time, time, str]]:
        named = self.days.get(day)
        return [p for p in self.periods if (p[0] == named if named is not None else day.weekday() in p[1])]


def ringing() -> Ringing:
    """In one trip."""
    periods, days = together(PERIODS.asking(values={}), DAYS.asking(values={}))
    return Ringing([tuple(p) for p in periods], dict(days))  # type: ignore[misc]


def _counting() -> Subquery:
    return Subquery(Bells.objects.filter(undone_at__isnull=True).order_by("-at", "-id").values("pk")[:1])


PERIODS = Mould(lambda: Period.objects.filter(bells=_counting()).values_list("schedule", "days", "name", "starts", "ends", "kind"))
DAYS = Mould(lambda: BellDay.objects.filter(bells=_counting()).values_list("on", "schedule"))


def read(periods: str, days: str = "") -> Reading:
    """The two lists, row by row."""
    found = Reading()
    for number, cells in _rows(periods, COLUMNS, found.wrong):
        _take(found, number, cells)
    if not found.rows and not found.wrong:
        found.wrong.append(_("There is no period in it."))
    for number, cells in _rows(days, OF_DAYS, found.wrong):
        _take_day(found, number, cells)
    _no_two_of_one_day(found)
    return found


def _rows(text: str, columns: tuple[str, ...], wrong: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    text = text.lstrip("\ufeff").strip()
    if not text:
        return
    sign = ";" if text.split("\n")[0].count(";") > text.split("\n")[0].count(",") else ","
    lines = list(csv.reader(io.StringIO(text), delimiter=sign))
    names = [folded(name).replace(" ", "_") for name in lines[0]]
    missing = [name for name in columns if name not in names]
    if missing:
        wrong.append(_("The first row names no column %(names)s.") % {"names": ", ".join(missing)})
        return
    if len(lines) > MOST:
        wrong.append(_("There are more than %(n)s rows. Please bring in one school's schedule.") % {"n": MOST})
        return
    for number, line in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in line):
            yield number, {name: cell.strip() for name, cell in zip(names, [*line, *[""] * len(names)], strict=False)}


def _take(found: Reading, number: int, cells: dict[str, str]) -> None:
    try:
        starts, ends = _time(cells["start"]), _time(cells["end"])
        if ends <= starts:
            raise ValueError(_("it ends before it starts"))
        if not cells["period"] or not cells["schedule"] or max(len(cells["period"]), len(cells["schedule"])) > 40:
            raise ValueError(_("schedule and period each need a name of up to 40 signs"))
        if cells["kind"].casefold() not in Period.Kind.values:
            raise ValueError(_("“%(said)s” is none of lesson, lunch, before, after") % {"said": cells["kind"]})
        found.rows.append(Row(cells["schedule"], _days(cells["day_pattern"]), cells["period"], starts, ends, cells["kind"].casefold()))
    except ValueError as why:
        found.wrong.append(_("Row %(number)s: %(why)s.") % {"number": number, "why": why})


def _take_day(found: Reading, number: int, cells: dict[str, str]) -> None:
    try:
        day = date.fromisoformat(cells["date"])
    except ValueError:
        said = {"number": number, "said": cells["date"]}
        found.wrong.append(_("Other days, row %(number)s: “%(said)s” is no date. Please write it like 2027-03-05.") % said)
        return
    if cells["schedule"] not in found.schedules:
        found.wrong.append(_("Other days, row %(number)s: there is no schedule “%(said)s”.") % {"number": number, "said": cells["schedule"]})
    elif found.days.setdefault(day, cells["schedule"]) != cells["schedule"]:
        found.wrong.append(_("Other days, row %(number)s: that day has another schedule already.") % {"number": number})


def _no_two_of_one_day(found: Reading) -> None:
    for day in range(7):
        names = list(dict.fromkeys(row.schedule for row in found.rows if day in row.days))
        if len(names) > 1:
            said = {"day": WEEKDAYS[day], "names": ", ".join(names)}
            found.wrong.append(_("%(day)s has more than one schedule: %(names)s. Please name it in one alone.") % said)


def _time(said: str) -> time:
    for shape in SHAPES:
        try:
            return datetime.strptime(said.strip().upper(), shape).time()  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(_("“%(said)s” is no time. Please write it like 8:05 or 14:30") % {"said": said})


def _days(pattern: str) -> tuple[int, ...]:
    """ "Mon-Fri", "Tue, Thu", or nothing: then it counts on the dates that name it."""
    found: set[int] = set()
    for part in filter(None, re.split(r"[,/ ]+", re.sub(r"\s*[-–]\s*", "-", pattern.strip()))):
        first, _dash, last = part.partition("-")
        one, other = _day(first), _day(last or first)
        found |= set(range(one, other + 1)) if one <= other else {*range(one, 7), *range(other + 1)}
    return tuple(sorted(found))


def _day(said: str) -> int:
    for number, names in enumerate(WEEK):
        if folded(said)[:3] in names:
            return number
    raise ValueError(_("“%(said)s” is no day of the week") % {"said": said})
