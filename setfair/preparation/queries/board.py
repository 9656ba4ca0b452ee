"""The readiness board: one line for each person, for the day that is looked at (screens.md W6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation

from . import progress
from .blockers import Blocker, found, is_aside
from .known import Circle

FINE, NOT_NEEDED, OPEN, ASIDE, MISSING = "fine", "not_needed", "open", "aside", "missing"

Words = str | Promise


@dataclass(frozen=True)
class Column:
    """What one column of the board is about: the tasks that are done there, and the blockers that stand there."""

    title: Words
    tasks: tuple[str, ...]
    blockers: tuple[str, ...] = ()


COLUMNS = (
    Column(_("Met"), ("meeting",), ("meeting",)),
    Column(_("Questions given"), ("sheet",)),
    Column(_("Says yes"), ("choice",), ("consent", "break", "still")),
    Column(_("Guardian"), ("guardian",), ("guardian",)),
    Column(_("Takes responsibility"), ("acknowledgement",), ("acknowledgement",)),
    Column(_("Supports it"), ("supports",), ("support",)),
    Column(_("Safety"), ("safety",), ("safety", "worry")),
    Column(_("Support person"), ("support", "companion")),
    Column(_("Observer"), ("observer",), ("observer",)),
    Column(_("Interpreter"), ("interpreter", "sign", "relay"), ("interpreter", "sign", "relay")),
    Column(_("Needs"), ("access",), ("access",)),
    Column(_("Their list"), ("list", "item"), ("item",)),
)
"""In the order in which it is usually done. What a later floor adds and nobody gave a column stands under More."""

MORE = _("More")
ELSEWHERE = ("invitation", "ready")
"""Tasks that are no column: an invitation is never waited for, and Ready is the whole line."""

SHORT: dict[str, Words] = {
    "meeting": _("not met"),
    "consent": _("no yes"),
    "break": _("a break"),
    "still": _("ask again"),
    "guardian": _("no yes"),
    "support": _("not said"),
    "acknowledgement": _("not said"),
    "safety": _("to look at"),
    "worry": _("high worry"),
    "observer": _("no yes"),
    "interpreter": _("none yet"),
    "sign": _("none yet"),
    "relay": _("none yet"),
    "access": _("not arranged"),
    "item": _("not done yet"),
}
"""What is missing, in a word or two; its whole sentence stands in the list of what is missing."""

_days: list[Callable[[Case], date | None]] = []


def register_day(of: Callable[[Case], date | None]) -> None:
    """Let a later floor say for which day a case is booked (in its `apps.ready`)."""
    if of not in _days:
        _days.append(of)


def booked_day(case: Case) -> date | None:
    """The day of the conference, once there is one."""
    return next((day for of in _days if (day := of(case)) is not None), None)


@dataclass(frozen=True)
class Cell:
    state: str
    words: Words = ""


@dataclass(frozen=True)
class Line:
    participation: Participation
    cells: list[tuple[Words, Cell]]
    is_ready: bool


@dataclass(frozen=True)
class Board:
    """`missing` is everything that stands, by name; `lines` one for each person, `titles` the columns that this circle has a use for."""

    on: date
    titles: list[Words]
    lines: list[Line]
    missing: list[Blocker]

    @property
    def head(self) -> list[Words]:
        return [_("Name"), *self.titles, _("Ready")]


def board(known: Circle, on: date) -> Board:
    """Of a circle that was read already, and for one day."""
    everything = found(known, on)
    missing = [b for b in everything if not is_aside(b, known.overrides, on)]
    of_all = progress.of_all(known, on)
    named = {code for c in COLUMNS for code in (*c.tasks, *ELSEWHERE)}
    more = Column(
        MORE,
        tuple(dict.fromkeys(t.code for p in of_all for t in p.tasks if progress.kind_of(t.code) not in named)),
        tuple({progress.kind_of(b.code) for b in everything} - {code for c in COLUMNS for code in c.blockers}),
    )
    rows = [(p, [_cell(p, column, everything, missing) for column in (*COLUMNS, more)]) for p in of_all]
    used = [n for n in range(len(COLUMNS) + 1) if any(cells[n].state != NOT_NEEDED for _p, cells in rows)]
    titles = [(*COLUMNS, more)[n].title for n in used]
    lines = [
        Line(p.participation, [(title, cells[n]) for title, n in zip(titles, used, strict=True)], not any(c.state == MISSING for c in cells))
        for p, cells in rows
    ]
    return Board(on, titles, lines, missing)


def _cell(one: progress.Progress, column: Column, everything: list[Blocker], missing: list[Blocker]) -> Cell:
    mine = [b for b in everything if b.participation == one.participation and progress.kind_of(b.code) in column.blockers]
    standing = [b for b in mine if b in missing]
    if standing:
        return Cell(MISSING, SHORT.get(progress.kind_of(standing[0].code), _("missing")))
    if mine:
        return Cell(ASIDE, _("set aside"))
    tasks = [t for t in one.tasks if progress.kind_of(t.code) in column.tasks]
    if not tasks:
        return Cell(NOT_NEEDED)
    notes = ", ".join(t.note for t in tasks if t.note)
    return Cell(FINE, notes) if all(t.status == progress.DONE for t in tasks) else Cell(OPEN, notes or _("not yet"))
