"""When the programme meets at all: its windows of the week, inside its terms, outside its closures."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from setfair.cases.models import Case
from setfair.core import clock
from setfair.programmes.models import Closure, Programme, Term, Window
from setfair.programmes.wording import told

from . import solver
from .said import listed

AHEAD = timedelta(weeks=6)
"""How far suggestions look."""


def open_between(programme: Programme, first: date, last: date) -> list[solver.Stretch]:
    """Every window from the first day to the last, inside a term (where the programme has terms) and outside closures."""
    windows, terms, closures = list(Window.objects.all()), _spans(Term), _spans(Closure)
    found: list[solver.Stretch] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if _runs(day, terms, closures):
            found += solver.stretches_of(day, ((w.name, w.starts, w.ends) for w in windows if w.weekday == day.weekday()), programme.zone)
    return found


def outside(programme: Programme, starts_at: datetime, ends_at: datetime) -> str:
    day = clock.local(starts_at, programme.zone).date()
    closed = Closure.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    if closed is not None:
        return _("We are closed that day: %(name)s.") % {"name": closed.name}
    if not _runs(day, _spans(Term), []):
        return _("That day lies outside the terms.")
    windows = list(Window.objects.order_by("weekday", "starts"))
    if windows and not any(s.holds(starts_at, ends_at) for s in open_between(programme, day, day)):
        names = listed(list(dict.fromkeys(told(w.name) for w in windows)))
        return _("That lies outside the times in which you hold meetings: %(names)s.") % {"names": names}
    return ""


def no_days(case: Case) -> str:
    if not Window.objects.exists():
        return _("No times of the week are set yet. An administrator can add them under Settings; until then choose a time by hand.")
    if case.deadline and case.deadline < clock.local(clock.now(), case.programme.zone).date() + AHEAD:
        return _("No open day is left before the deadline.")
    return _("Every day of the next weeks is outside term or closed.")


def last_day(case: Case, today: date) -> date:
    furthest = today + AHEAD
    return min(furthest, case.deadline) if case.deadline and case.deadline >= today else furthest


def _spans(model: type[Term] | type[Closure]) -> list[tuple[date, date]]:
    return list(model._default_manager.values_list("starts_on", "ends_on"))


def _runs(day: date, terms: list[tuple[date, date]], closures: list[tuple[date, date]]) -> bool:
    in_term = not terms or any(first <= day <= last for first, last in terms)
    return in_term and not any(first <= day <= last for first, last in closures)
