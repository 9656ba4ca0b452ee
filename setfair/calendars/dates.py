"""Terms and days off in a school's own calendar. Its titles are read, because they are what everybody there knows the days by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from setfair.core import clock
from setfair.core.text import folded
from setfair.programmes.models import Closure

from .fetching import fetch, tidy
from .reading import Fault, Unreadable, found

BEFORE, AHEAD = timedelta(days=300), timedelta(days=500)
"""A term that runs may have begun long ago; next year's stand in it too."""
MOST = 100
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
    now = clock.now()
    today = clock.local(now, zone).date()
    stretches = (
        (date.fromisoformat(first), date.fromisoformat(last), name) for first, last, name in found("days", data, zone, now - BEFORE, now + AHEAD)
    )
    ahead = sorted({Days(first, last, name, _what(name, last - first)) for first, last, name in stretches if last >= today})
    if len(ahead) > MOST:
        raise Unreadable(Fault.TOO_BIG)
    return ahead


def _what(name: str, lasts: timedelta) -> str:
    """As its words and its length seem to say; somebody looks it through."""
    words = set(folded(name).replace("-", " ").split())
    if words & TERMS:
        return TERM if lasts >= A_TERM else ""
    if "no school" in folded(name):
        return Closure.Kind.HOLIDAY
    return next((kind for kind, telling in SAYS if words & set(telling.split())), "")
