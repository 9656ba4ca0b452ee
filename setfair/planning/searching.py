"""From cases to a draft: search, and say of each what speaks for its time, or what blocks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.core.actor import Actor
from setfair.scheduling import solver
from setfair.scheduling.queries import not_now

from . import queries
from .actions import Found
from .apart import UNREAD, apart
from .models import Line, Plan
from .queries import Term

SHORT, LONG = 2.0, 20.0
"""Seconds of a search: the more cases, the longer."""


def seconds_for(cases: int) -> float:
    return min(LONG, SHORT + cases / 5)


def read(plan: Plan, by: Actor) -> Term:
    """What is planned now: every case that waits for a time, but those whose line stays where it is or was taken out."""
    fixed = queries.keepers(plan)
    out = Line.objects.filter(plan=plan, state=Line.State.OUT).values("case")
    cases = queries.to_plan(by).exclude(pk__in=[line.case_id for line in fixed]).exclude(pk__in=out)
    return queries.lay_out(list(cases), *reach(plan), fixed, patient=True)


def reach(plan: Plan) -> tuple[date, date]:
    """The first and the last day that can still be planned."""
    return max(plan.first_day, queries.days_ahead(plan.programme)), plan.last_day


def search(term: Term, *, seconds: float | None = None, told: Callable[[float, int], bool] | None = None) -> list[solver.Placed]:
    """The best plan that the time allows. It asks nothing of the database."""
    longest = seconds_for(len(term.cases)) if seconds is None else seconds
    return solver.batch(term.to_search, seconds=longest, told=told).placed if term.cases else []


def in_words(term: Term, placed: list[solver.Placed]) -> list[Found]:
    """Of every case its time with reasons, or what blocks it. A day on which somebody is not ready after all is no time.

    Of one that cannot be looked at it is said so.
    """
    among, found, turns = term.diary(placed), {}, term.turns(placed)
    for one in placed:
        time = apart(partial(term.told, one, among, turns[one.meeting]))
        if time is None:
            found[one.meeting] = _unread(term.cases[one.meeting].case)
        elif time.missing and not time.lacks_team:
            among.take(one)
            found[one.meeting] = Found(term.cases[one.meeting].case, blocks=term.missing(one))
        else:
            found[one.meeting] = Found(term.cases[one.meeting].case, time=time)
    told = [found.get(ref) or _blocked(term, ref, among) for ref in term.cases]
    return [*told, *map(_unread, term.unread)]


def _blocked(term: Term, ref: str, among: solver.Diary) -> Found:
    case, said = term.cases[ref].case, apart(partial(blocks, term, ref, among))
    return _unread(case) if said is None else Found(case, blocks=said)


def _unread(case: Case) -> Found:
    return Found(case, blocks=[str(UNREAD)])


def blocks(term: Term, ref: str, among: solver.Diary) -> list[str]:
    """Why a case has no time: what stands between it and any day, or who and what is in the way."""
    case = term.cases[ref].case
    refusal = not_now(case) if case.stage != Stage.PREPARING else ""
    if refusal or term.cases[ref].missing:
        return [refusal] if refusal else list(term.cases[ref].missing)
    found = []
    if term.fits(ref):
        full = _("Those who hold it have as many meetings as they take, or cannot then. You can still choose a time by hand.")
        found = [_("Every time that fits them is another line's of this plan.") if term.has_team(ref) else full]
    later = [_("Later in the term: %(missing)s") % {"missing": sentence} for sentence in term.cases[ref].beyond]
    return [*found, *term.blocks(ref, among), *later]
