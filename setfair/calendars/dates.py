"""Terms and days off in a school's own calendar. Its titles are read, because they are what everybody there knows the days by."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from setfair.core import clock
from setfair.core.text import folded
from setfair.programmes.models import Closure

from .fetching import fetch, tidy
from .reading import LONGEST, Fault, Unreadable, events_of, opened

BEFORE, AHEAD = timedelta(days=300), timedelta(days=500)
"""A term that runs may have begun long ago; next year's stand in it too."""
MOST = 100
LONGEST_NAME = 40
A_TERM = timedelta(days=21)
TERM = "term"
PATIENCE = 6.0
"""Seconds in which an address has to answer: somebody is waiting for the page."""
SAYS = (
    (Closure.Kind.EXAM, "exam exams examen examenes final finals regents"),
    (Closure.Kind.COURT, "public federal feriado christmas thanksgiving juneteenth independence memorial labor labour veterans presidents"),
    (Closure.Kind.HOLIDAY, "holiday holidays break recess vacation vacations vacaciones receso"),
    (Closure.Kind.CLOSED, "closed closure cerrado snow inset training development"),
)
TERMS = set("term semester trimester quarter semestre trimestre cuatrimestre bimestre".split())


@dataclass(frozen=True, order=True)
class Days:
    """From the first day to the last, with their name and what they seem to be: a term, a kind of closed day, or neither."""

    first: date
    last: date
    name: str
    what: str = ""


def at_address(address: str, *, zone: str) -> list[Days]:
    """What stands there now, read once; the address is not kept. Raises `Unreadable`."""
    return days_in(fetch(tidy(address), seconds=PATIENCE), zone=zone)


def days_in(data: bytes, *, zone: str) -> list[Days]:
    """The whole days of it that are not over, the earliest first, each once. What has an hour is no day off. Raises `Unreadable`."""
    now, until = clock.now(), time.monotonic() + LONGEST
    today = clock.local(now, zone).date()
    found = sorted({days for days in opened(data, lambda one: _days(one, now - BEFORE, now + AHEAD, until)) if days.last >= today})
    if len(found) > MOST:
        raise Unreadable(Fault.TOO_BIG)
    return found


def _days(one: Any, first: datetime, last: datetime, until: float) -> Iterator[Days]:
    for event in events_of(one, first, last, until):
        name = " ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_NAME].strip()
        if name and not isinstance(event.start, datetime) and str(event.get("STATUS", "")).upper() != "CANCELLED":
            final = max(event.start, event.end - timedelta(days=1))
            yield Days(event.start, final, name, _what(name, final - event.start))


def _what(name: str, lasts: timedelta) -> str:
    """As its words and its length seem to say; somebody looks it through."""
    words = set(folded(name).replace("-", " ").split())
    if words & TERMS:
        return TERM if lasts >= A_TERM else ""
    if "no school" in folded(name):
        return Closure.Kind.HOLIDAY
    return next((kind for kind, telling in SAYS if words & set(telling.split())), "")
