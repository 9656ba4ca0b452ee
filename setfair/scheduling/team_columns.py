"""What the table of the team says beside each name: free this week, how often and as what they helped, when last, how much this term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.calendars.queries import known_of
from setfair.core import clock
from setfair.facilitators.models import Facilitator
from setfair.programmes.models import Term

from .candidates import CO, LEAD, STUDENT, Almanac, Away, Candidate, joined, why_not
from .open_days import open_between
from .queries.exams import exams_of
from .queries.turns import turns_of

HEADS = [gettext_lazy("Free this week"), gettext_lazy("Led"), gettext_lazy("Beside"), gettext_lazy("Last"), gettext_lazy("This term")]


def columns(team: Sequence[Facilitator]) -> tuple[list[Any], dict[UUID, list[str]]]:
    """Each count is read from the times that were held. A fixed number of queries, however many they are."""
    if not team:
        return HEADS, {}
    programme, now = team[0].programme, clock.now()
    zone, today = programme.zone, clock.local(now, programme.zone).date()
    sunday = today + timedelta(days=6 - today.weekday())
    they = _as_candidates(team, today, sunday, zone)
    terms = [(_start(one, zone), _start(last + timedelta(days=1), zone)) for one, last in Term.objects.values_list("starts_on", "ends_on")]
    monday = _start(today - timedelta(days=today.weekday()), zone)
    almanac = Almanac(terms=terms, weeks=[(monday, _start(sunday + timedelta(days=1), zone))])
    windows = [(s.starts, s.ends) for s in open_between(programme, today, sunday) if s.starts > now]
    return HEADS, {one.pk: _cells(one, they[one.pk], windows, almanac, now, zone) for one in team}


def _cells(one: Facilitator, who: Candidate, windows: list[tuple[datetime, datetime]], almanac: Almanac, now: datetime, zone: str) -> list[str]:
    free = sum(not why_not(who, window, almanac) for window in windows) if one.is_certified(clock.local(now, zone).date()) else 0
    last = who.last(now)
    of_term = {"n": who.load(almanac.term_of(now)), "most": who.a_term}
    return [
        _("%(n)s of %(all)s times") % {"n": free, "all": len(windows)} if windows else "–",
        str(who.count(LEAD, now)),
        str(who.count(CO, now) + who.count(STUDENT, now)),
        date_format(clock.local(last, zone), "DATE_FORMAT") if last is not None else "–",
        _("%(n)s of %(most)s") % of_term,
    ]


def _as_candidates(team: Sequence[Facilitator], first: date, last: date, zone: str) -> dict[UUID, Candidate]:
    turns, free = turns_of((f.user_id for f in team), for_all=True), known_of([f.user_id for f in team], first, last, zone)
    exams = exams_of(team, first, last)
    return {
        f.pk: Candidate(
            f.pk, f.user_id, f.user.name, f.kind, turns=tuple(turns.get(f.user_id, ())), a_week=f.a_week, a_term=f.a_term,
            away=(
                *(Away((_start(on, zone), _start(on + timedelta(days=1), zone)), "exam") for on in exams[f.pk]),
                *(Away(t.span, "booked") for t in turns.get(f.user_id, ())),
                *(Away(span, "away") for span in free[f.user_id].busy),
            ),
            suits=joined((begins, ends) for begins, ends, _answer in free[f.user_id].suits),
        )
        for f in team
    }  # fmt: skip


def _start(day: date, zone: str) -> datetime:
    return clock.at(day, 0, 0, zone)
