"""When the programme meets at all: its windows of the week, each on the days that it knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self

from django.utils.translation import gettext as _

from setfair.cases.models import Case, Participation
from setfair.cases.queries import circle
from setfair.core import clock
from setfair.people.custody import lasting
from setfair.people.models import OF_AGE, Person
from setfair.programmes.bells import Ringing, ringing
from setfair.programmes.models import Closure, Programme, Term, Window
from setfair.programmes.wording import told

from . import solver
from .closed_places import closed_place, let_in
from .said import listed

FURTHEST = timedelta(days=365)
"""How far ahead a time may be chosen by hand, and the farthest that is ever looked."""
MOST = timedelta(weeks=26)
"""How far ahead a deadline still takes the search."""
WEEK = timedelta(weeks=1)

Closed = Closure.Kind
SHUTS = {
    Window.Kind.SCHOOL: frozenset(Closed),
    Window.Kind.EVENING: frozenset((Closed.CLOSED, Closed.COURT)),
    Window.Kind.VISIT: frozenset((Closed.CLOSED,)),
}
"""Which closed days each kind of window knows. Of a visit the place itself says when."""


@dataclass(frozen=True)
class Calendar:
    """The week, the terms and the closed days of the programme as they are now: four trips, whatever is asked of it."""

    windows: list[Window]
    terms: list[Term]
    closures: list[Closure]
    bells: Ringing

    @classmethod
    def now(cls) -> Self:
        rows = Window.objects.select_related("term").order_by("weekday", "starts", "id")
        return cls(list(rows), list(Term.objects.all()), list(Closure.objects.order_by("starts_on", "id")), ringing())

    def on(self, day: date, *, visits: bool = False) -> list[Window]:
        """The windows that are open that day."""
        shut, term = {c.kind for c in self.closed(day) if not c.is_for_some}, self.in_term(day)
        kinds = {kind for kind, by in SHUTS.items() if not by & shut and (term or kind != Window.Kind.SCHOOL)}
        return [w for w in self.windows if w.kind in kinds and (visits or w.kind != Window.Kind.VISIT) and w.holds_on(day)]

    def closed(self, day: date) -> list[Closure]:
        return [c for c in self.closures if c.starts_on <= day <= c.ends_on]

    def in_term(self, day: date) -> bool:
        return not self.terms or any(t.starts_on <= day <= t.ends_on for t in self.terms)

    def stretches(self, day: date, zone: str, *, minutes: int = 0, visits: bool = False) -> list[solver.Stretch]:
        """The same as spans of time, without those in which a meeting may not last so long."""
        open_then = [w for w in self.on(day, visits=visits) if minutes <= (w.longest or minutes)]
        return solver.stretches_of(day, (hours for w in open_then for hours in self.hours(w, day)), zone)

    def hours(self, window: Window, day: date) -> list[tuple[str, time, time]]:
        return [(window.name, starts, ends) for starts, ends in self.bells.of(window, day)]


def open_between(programme: Programme, first: date, last: date, *, minutes: int = 0) -> list[solver.Stretch]:
    """Every window from the first day to the last that may hold so many minutes, for anybody. For one circle: `open_for`."""
    return _between(Calendar.now(), programme.zone, first, last, minutes=minutes)


def open_for(case: Case, people: list[Participation], first: date, last: date, *, minutes: int) -> list[solver.Stretch]:
    """The same for this circle: without days on which one of them sits an exam, with visits and only in their hours where one of them is
    in a closed place."""
    calendar, zone, ids = Calendar.now(), case.programme.zone, [p.person_id for p in people]
    today = clock.local(clock.now(), zone).date()
    found = _between(calendar, zone, first, last, minutes=minutes, visits=_has_visits(calendar) and lasting(ids).exists())
    free = [s for s in found if not _exam(calendar, case.programme, people, clock.local(s.starts, zone).date())]
    return let_in(ids, free, today, zone)


def open_ahead(case: Case, people: list[Participation], today: date, *, minutes: int) -> list[solver.Stretch]:
    """What is open for this circle from tomorrow on, as far as the search looks: so many weeks as the programme says, from the first open day,
    without counting those in which nothing is open; and to the deadline, where that is later. Without holidays only these weeks are gone through."""
    zone, weeks = case.programme.zone, case.programme.search_weeks
    due = min(case.deadline or today, today + MOST)
    for furthest in (max(due, today + (weeks + 1) * WEEK), today + FURTHEST):
        found = open_for(case, people, today + timedelta(days=1), furthest, minutes=minutes)
        days = [clock.local(one.starts, zone).date() for one in found]
        last = _last_counted(days, weeks)
        if last <= furthest:
            break
    return [one for one, day in zip(found, days, strict=True) if day <= max(last, due)]


def _last_counted(days: list[date], many: int) -> date:
    """The last day of so many weeks from the first of these days, of those weeks alone in which one of them lies."""
    weeks = sorted({(day - min(days)) // WEEK for day in days})[:many]
    return min(days) + (weeks[-1] + 1) * WEEK - timedelta(days=1) if len(weeks) == many else date.max


def first_open(programme: Programme, today: date) -> solver.Stretch | None:
    """The next time that is open for anybody, from tomorrow on."""
    return next(iter(open_between(programme, today + timedelta(days=1), today + FURTHEST)), None)


def outside(case: Case, starts_at: datetime, ends_at: datetime) -> str:
    """Why the programme does not meet then, in one sentence; empty when it does. Without windows any hour of an open day is good."""
    calendar, zone, people = Calendar.now(), case.programme.zone, circle(case)
    day = clock.local(starts_at, zone).date()
    visits = _has_visits(calendar) and lasting([p.person_id for p in people]).exists()
    minutes = int((ends_at - starts_at).total_seconds() // 60)
    if any(s.holds(starts_at, ends_at) for s in calendar.stretches(day, zone, minutes=minutes, visits=visits)):
        return _exam(calendar, case.programme, people, day)
    return (
        _why_not(calendar, day, visits) or _too_long(calendar, calendar.on(day, visits=visits), day, zone, starts_at, ends_at) or _no_window(calendar)
    )


def no_days(case: Case, minutes: int) -> str:
    windows = list(Window.objects.values_list("longest", flat=True))
    if windows and all(longest is not None and longest < minutes for longest in windows):
        return _("In none of your windows may a meeting last %(minutes)s minutes.") % {"minutes": minutes}
    if not windows:
        return _("No times of the week are set yet. An administrator can add them under Settings; until then choose a time by hand.")
    if case.deadline:
        return _("No open day is left before the deadline.")
    return _("Every day of the year ahead is outside term or closed.")


def what_shuts(case: Case, minutes: int) -> list[str]:
    """What shuts the days up to the deadline, each once: holidays, the end of a term, an exam, how long before a closed place wants to know."""
    zone = case.programme.zone
    today = clock.local(clock.now(), zone).date()
    if case.deadline is None or case.deadline <= today:
        return []
    calendar, people = Calendar.now(), circle(case)
    visits = _has_visits(calendar) and lasting([p.person_id for p in people]).exists()
    days = [today + timedelta(days=number) for number in range(1, (min(case.deadline, today + MOST) - today).days + 1)]
    shut = [day for day in days if any(w.holds_on(day) for w in calendar.windows) and not calendar.on(day, visits=visits)]
    names = dict.fromkeys(c.name for day in shut for c in calendar.closed(day) if not c.is_for_some)
    said = [_("Closed until then: %(names)s.") % {"names": listed(list(names))}] if names else []
    if any(not calendar.in_term(day) for day in shut):
        said.append(_("Days until then lie outside the terms."))
    left = [one for day in days for one in calendar.stretches(day, zone, minutes=minutes, visits=visits)]
    said += [_exam(calendar, case.programme, people, clock.local(one.starts, zone).date()) for one in left]
    said += [closed_place(case, one.starts, one.ends) for one in left[-1:]]
    return list(dict.fromkeys(filter(None, said)))


def without_visits(stretches: Iterable[solver.Stretch]) -> list[solver.Stretch]:
    """The same as people may read them: the name of visiting hours would tell them that somebody is in a closed place, and in which."""
    names = set(Window.objects.filter(kind=Window.Kind.VISIT).values_list("name", flat=True))
    return [replace(s, name="") if s.name in names else s for s in stretches]


def last_day(case: Case, today: date) -> date:
    """The deadline; where there is none, or it is over, as far as may be."""
    return case.deadline if case.deadline and case.deadline >= today else today + FURTHEST


def _between(calendar: Calendar, zone: str, first: date, last: date, *, minutes: int, visits: bool = False) -> list[solver.Stretch]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [stretch for day in days for stretch in calendar.stretches(day, zone, minutes=minutes, visits=visits)]


def _has_visits(calendar: Calendar) -> bool:
    return any(w.kind == Window.Kind.VISIT for w in calendar.windows)


def _why_not(calendar: Calendar, day: date, visits: bool) -> str:
    if calendar.on(day, visits=visits):
        return ""
    closed = next((c for c in calendar.closed(day) if not c.is_for_some), None)
    if closed is not None:
        return _("We are closed that day: %(name)s.") % {"name": closed.name}
    return "" if calendar.in_term(day) else _("That day lies outside the terms.")


def _too_long(calendar: Calendar, windows: list[Window], day: date, zone: str, starts_at: datetime, ends_at: datetime) -> str:
    for window in windows:
        if any(s.holds(starts_at, ends_at) for s in solver.stretches_of(day, calendar.hours(window, day), zone)):
            return _("In “%(name)s” a meeting lasts %(minutes)s minutes at most.") % {"name": told(window.name), "minutes": window.longest}
    return ""


def _no_window(calendar: Calendar) -> str:
    names = listed(list(dict.fromkeys(told(w.name) for w in calendar.windows)))
    return _("That lies outside the times in which you hold meetings: %(names)s.") % {"names": names} if names else ""


def _exam(calendar: Calendar, programme: Programme, people: Iterable[Participation], day: date) -> str:
    """Of the circle alone. Of the team, whoever chooses it asks `Closure.is_for`."""
    for exam in (c for c in calendar.closed(day) if c.is_for_some):
        for p in people:
            if exam.is_for(student=is_student(programme, p.person, day), born=p.person.birth_year):
                return _("There is an exam that day, and %(name)s may sit it: %(exam)s.") % {"name": p.person.shown, "exam": exam.name}
    return ""


def is_student(programme: Programme, person: Person, day: date) -> bool:
    """In a school, whoever is not older than students are. Of somebody whose year nobody knows nothing is taken for granted."""
    return programme.kind == Programme.Kind.SCHOOL and person.birth_year is not None and day.year - person.birth_year <= OF_AGE + 1
