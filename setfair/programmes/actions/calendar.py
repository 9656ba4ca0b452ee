"""When and where: windows, terms, closures and rooms. A plan and no facts of a case, so they may be changed and removed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import seen as marks
from ..bounds import QUICKER, CannotChange
from ..models import ClosedPlace, Closure, Programme, Room, Term, Venue, VisitHours, Window

Row = TypeVar("Row", Window, Term, Closure, Room, Venue, ClosedPlace, VisitHours)

WHY = {
    "window_runs_forward": _("A window ends after it starts."),
    "window_weekday": _("Please choose a day of the week."),
    "window_longest": _("Please choose 10 to 480 minutes."),
    "window_span": _("The last day cannot be before the first day."),
    "window_one_span": _("Please choose a term or days of its own."),
    "room_hours": _("It closes after it opens."),
    "closure_of_an_exam": _("Only an exam is for some of them. Please choose the kind “exam”, or everybody."),
    "closure_of_a_year": _("Please write the year in which they were born."),
    "term_runs_forward": _("A term ends on its first day or later."),
    "visit_hours_run_forward": _("Visits end after they begin."),
    "visit_hours_once": _("Visits that begin then stand there already. Take these out first."),
    "closed_place_lead_days": _("Please choose 60 days or fewer."),
    "closure_runs_forward": _("The last day cannot be before the first day."),
}


@transaction.atomic
def add_windows(programme: Programme, *, by: Actor, weekdays: Iterable[int], **facts: Any) -> list[Window]:
    """One window on each of the days; a window that is there already stays one."""
    return [add(Window, by=by, weekday=day, **facts) for day in weekdays]


@transaction.atomic
def add(model: type[Row], *, by: Actor, **facts: Any) -> Row:
    """A new row of the plan. The same one sent twice is one row."""
    there = model._default_manager.filter(**facts).first()
    if there is not None:
        return there
    row = model(**facts)
    _save(row)
    record("added_setting", row, by=by)
    return row


@transaction.atomic
def take_in(days: Iterable[tuple[str, str, date, date]], *, by: Actor) -> list[Term | Closure]:
    """Terms and days off out of a calendar, as somebody chose what each is: all of them or, with one that cannot be, none. Twice is once."""
    taken: list[Term | Closure] = []
    for what, name, first, last in days:
        facts = {"name": name, "starts_on": first, "ends_on": last}
        if what == "term":
            taken.append(add(Term, by=by, **facts))
        else:
            taken.append(add(Closure, by=by, kind=what, whom=Closure.Whom.ALL, born_in=None, **facts))
    return taken


@transaction.atomic
def change(row: Row, *, by: Actor, seen: str, **facts: Any) -> Row:
    """Change a row of the plan; `CannotChange` when somebody else was quicker (`seen` is its mark as it was shown)."""
    locked = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if locked is None or marks.mark(locked, facts) != seen:
        raise CannotChange(QUICKER)
    for name, value in facts.items():
        setattr(locked, name, value)
    _save(locked)
    record("changed_setting", locked, by=by, fields=sorted(facts))
    return locked


@transaction.atomic
def remove(row: Window | Term | Closure | Venue, *, by: Actor) -> None:
    """Take it out of the plan. What is booked already stays booked. A term in which windows hold stays as long as they do."""
    if isinstance(row, Term) and row.windows.exists():
        names = ", ".join(dict.fromkeys(row.windows.order_by("name").values_list("name", flat=True)))
        raise CannotChange(_("These windows hold in this term: %(names)s. Please change them first.") % {"names": names})
    if isinstance(row, Venue) and row.rooms.exists():
        names = ", ".join(row.rooms.order_by("name").values_list("name", flat=True))
        raise CannotChange(_("These rooms are in this venue: %(names)s. Please change them first.") % {"names": names})
    record("removed_setting", row, by=by)
    type(row)._default_manager.filter(pk=row.pk).delete()


@transaction.atomic
def close_room(room: Room, *, by: Actor) -> Room:
    """Nothing new can be booked here. What is booked already stays booked."""
    Room.objects.filter(pk=room.pk, closed_at__isnull=True).update(closed_at=clock.now())
    record("closed_room", room, by=by)
    return room


@transaction.atomic
def reopen_room(room: Room, *, by: Actor) -> Room:
    Room.objects.filter(pk=room.pk).update(closed_at=None)
    record("reopened_room", room, by=by)
    return room


def _save(row: Any) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as broken:
        name = getattr(getattr(broken.__cause__, "diag", None), "constraint_name", "") or ""
        if name not in WHY:
            raise
        raise CannotChange(WHY[name]) from broken
