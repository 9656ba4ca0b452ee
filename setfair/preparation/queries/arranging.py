"""Which needs of a circle are still to be arranged for a day. Practical: a coordinator can set one aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Participation, Role
from setfair.cases.route import WITHOUT_MEETING

from ..arranged import GIVEN_BY_A_ROOM, INTERPRETING, Arrangement
from .blockers import Blocker
from .known import Circle, Known
from .progress import DOING, DONE, TODO, Of, Task

ACCESS = "access"
NEEDED, BOOKED, NOT_NEEDED = Arrangement.State.NEEDED, Arrangement.State.BOOKED, Arrangement.State.NOT_NEEDED

Present = dict[UUID | None, Participation]
"""Who interprets in this circle, asked by what an arrangement says, which may be nobody."""


def latest(participation: Participation) -> dict[str, Arrangement]:
    """What was last said of each kind, for one person."""
    return {row.kind: row for row in Arrangement.objects.filter(participation=participation).order_by("at", "id")}


def interpreting_for(k: Known) -> list[str]:
    """Which interpreting they need: what was written down, or the tick beside their name."""
    said = [kind for kind in INTERPRETING if kind in k.arranged]
    if not said:
        return [str(Arrangement.Kind.SPOKEN)] if k.participation.person.interpreter else []
    return [kind for kind in said if k.arranged[kind].state != NOT_NEEDED]


def counts(row: Arrangement, on: date, known: Circle) -> bool:
    """Whether what is arranged is there on that day. While no day is chosen, one for a day to come counts."""
    if row.state != BOOKED:
        return False
    return row.for_day is None or row.for_day == on or (on == known.today() and row.for_day > on)


def missing(known: Circle, on: date) -> Iterator[Blocker]:
    """A source of the board: what is needed and not there on that day, for each person and of each kind of interpreting."""
    present: Present = {k.participation.pk: k.participation for k in known.people if k.participation.role == Role.INTERPRETER}
    for k in known.people:
        for kind in interpreting_for(k):
            sentence = _why_no_interpreter(known, k, kind, on, present)
            if sentence:
                yield Blocker(kind, k.participation, sentence, True, k.arranged[kind].at if kind in k.arranged else None)
        lacks = _not_arranged(known, k, on)
        if lacks is not None and known.how not in WITHOUT_MEETING:
            yield Blocker(ACCESS, k.participation, lacks, True, max((row.at for row in _of_access(k)), default=None))


def _why_no_interpreter(known: Circle, k: Known, kind: str, on: date, present: Present) -> str:
    row = k.arranged.get(kind)
    said = {"name": k.participation.person.shown, "what": str(Arrangement.Kind(kind).label)}
    if row is None or row.state == NEEDED:
        if not present:
            return _("%(name)s needs %(what)s, and none is in the circle.") % said
        return _("%(name)s needs %(what)s, and none is booked.") % said
    if row.interpreter_id not in present:
        return _("Whoever was to interpret for %(name)s is not in the circle any more.") % said
    if not counts(row, on, known):
        return _("For %(name)s, %(what)s is booked for another day.") % said
    return ""


def _of_access(k: Known) -> list[Arrangement]:
    return [row for kind, row in k.arranged.items() if kind not in INTERPRETING]


def _not_arranged(known: Circle, k: Known, on: date) -> str | None:
    rows, name = _of_access(k), k.participation.person.shown
    if not rows:
        return _("%(name)s needs something on the day, and nobody has said whether it is arranged.") % {"name": name} if _has_needs(k) else None
    ours = [row for row in rows if row.kind not in GIVEN_BY_A_ROOM and row.state != NOT_NEEDED]
    waits = [str(row.get_kind_display()) for row in ours if not counts(row, on, known)]
    return _("Not arranged yet for %(name)s: %(what)s.") % {"name": name, "what": ", ".join(waits)} if waits else None


def wanted_of_a_room(people: list[Participation]) -> dict[str, list[str]]:
    """What these need that only a room can give, and the names of those who do. One query. What was arranged otherwise is not wanted of it."""
    rows = Arrangement.objects.filter(participation__in=people, kind__in=GIVEN_BY_A_ROOM).order_by("at", "id")
    latest = {(row.participation_id, row.kind): row.state for row in rows}
    found: dict[str, list[str]] = {}
    for p in people:
        for kind in GIVEN_BY_A_ROOM:
            if latest.get((p.pk, kind)) == NEEDED:
                found.setdefault(kind, []).append(p.person.shown)
    return found


def _has_needs(k: Known) -> bool:
    return bool(str(k.participation.person.needs or "").strip())


def tasks(known: Circle) -> Of:
    """A maker of tasks: one for each interpreting that is needed, and one for all the rest."""
    present: Present = {k.participation.pk: k.participation for k in known.people if k.participation.role == Role.INTERPRETER}

    def of(k: Known, on: date) -> Iterable[Task]:
        for kind in interpreting_for(k):
            row = k.arranged.get(kind)
            who = present.get(row.interpreter_id) if row is not None else None
            there = not _why_no_interpreter(known, k, kind, on, present)
            note = ", ".join([who.person.shown, *_day(row)]) if who is not None and row is not None else ""
            title = _("Arrange %(what)s") % {"what": Arrangement.Kind(kind).label}
            yield Task(kind, title, DONE if there else DOING if who is not None else TODO, note)
        if _of_access(k) or _has_needs(k):
            done = _not_arranged(known, k, on) is None
            yield Task(ACCESS, _("Arrange what they need on the day"), DONE if done else DOING if _of_access(k) else TODO)

    return of


def arranged_for(participation: Participation, people: list[Participation]) -> list[dict[str, object]]:
    """Each kind as it stands now, for the page of one person."""
    named: dict[UUID | None, str] = {p.pk: p.person.shown for p in people}
    return [
        {
            "kind": row.get_kind_display(),
            "state": row.get_state_display(),
            "done": row.state == BOOKED,
            "waits": row.state == NEEDED,
            "language": row.get_language_display() if row.language else "",
            "who": named.get(row.interpreter_id, ""),
            "day": row.for_day,
            "words": row.words,
        }
        for row in latest(participation).values()
    ]


def _day(row: Arrangement) -> list[str]:
    return [date_format(row.for_day, "MONTH_DAY_FORMAT")] if row.for_day is not None else []
