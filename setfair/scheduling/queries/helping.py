"""Who could hold a circle, in the shape of the solver: those of the team who may, and when they can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from setfair.cases.models import Case
from setfair.core import clock
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import standing
from setfair.programmes.models import Room

from .. import candidates as pure
from .. import solver
from ..candidates import Candidate
from ..rooms import ways_to
from ..team_for import TeamFor, team_for
from .needed import Needed

ADULT, STUDENT = "adult", "student"
SCHOOL = "school"
"""The one bell that a programme has, for those of the team as they hear it: they are away from a lesson from when they are asked to come."""


def school(minutes: int) -> str:
    """The same for whoever is asked to come so many minutes before the start."""
    return f"{SCHOOL} {minutes}"


def helping(case: Case, prepared: Prepared, needed: Needed, stretches: list[solver.Stretch], now: datetime) -> TeamFor:
    """Who could hold this circle in these weeks, beside those who do, for each place that is empty and was not set aside."""
    days = [clock.local(moment, case.programme.zone).date() for moment in (now, *(s.starts for s in stretches))]
    found = team_for(case, min(days), max(days), needed)
    if found.needs.student and not any(b.code == "students" for b in standing(prepared)):
        return found.without_students()
    return found


def elsewhere(found: TeamFor, rooms: list[Room], held: Mapping[UUID, list[solver.Span]], now: datetime) -> TeamFor:
    """The same without the hours at which one of them is kept free for another case, or sits too far away to be in one of these rooms in time."""
    ways = ways_to(rooms, [one.occupant for one in found.candidates], now) if found.candidates else {}
    return found.but({one.occupant: [*held.get(one.occupant, ()), *ways.get(one.occupant, ())] for one in found.candidates})


def as_helpers(found: TeamFor, almanac: solver.Almanac) -> dict[str, solver.Helper]:
    """By what a seat holds. `load` is how many turns they have in the term, so that a time at which those with few are free comes first."""
    if not found.needs.places():
        return {}
    return {str(one.occupant): as_helper(one, found.almanac, almanac) for one in found.candidates}


def kind_of(one: Candidate) -> str:
    return STUDENT if one.is_student else ADULT


def wanted(found: TeamFor) -> tuple[tuple[str, int], ...]:
    """How many of each kind are still to be found."""
    needs = found.needs
    return tuple((kind, number) for kind, number in ((ADULT, needs.lead + needs.co), (STUDENT, needs.student)) if number)


def exams(found: TeamFor, who: UUID) -> list[solver.Span]:
    """The days on which one who holds it already sits an exam."""
    return [away.span for one in found.holding if one.occupant == who for away in one.away if away.why == pure.EXAM]


def as_helper(one: Candidate, known: pure.Almanac, almanac: solver.Almanac) -> solver.Helper:
    """One of them, as often in a week as they take; what they hold then already counts."""
    days = list(_days(almanac))
    free = ~almanac.mask(pure.cannot(one, days, known))
    load = one.load(known.term_of(days[0][0])) if days else 0
    had = Counter(almanac.week_of(turn.span[0]) for turn in one.turns)
    bells = SCHOOL if one.is_student else ""
    return solver.Helper(str(one.occupant), kind_of(one), free, bells, cap=one.a_week, load=load, had=dict(had))


def _days(almanac: solver.Almanac) -> Iterable[solver.Span]:
    """Each open day from its first moment to its last."""
    for day in almanac.days:
        yield day.begins, day.begins + day.grains * timedelta(minutes=5)
