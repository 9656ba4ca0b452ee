"""The teams of a term: who could help at which case, whose turn the lines of a plan are already, and who it would be in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from setfair.cases.models import Assignment
from setfair.core import clock
from setfair.facilitators.models import Facilitator
from setfair.scheduling import solver
from setfair.scheduling.candidates import Candidate, Turn
from setfair.scheduling.queries import helping
from setfair.scheduling.queries.laid_out import LaidOut
from setfair.scheduling.queries.offered import held_spans
from setfair.scheduling.team_for import TeamFor

from ..models import Line

Turns = Mapping[UUID, Sequence[Turn]]


def team_of(case_laid: LaidOut, prepared: helping.Prepared, stretches: list[solver.Stretch]) -> TeamFor:
    """Who could hold this circle on the days of the term, beside those who do: the same as for one case alone, only further ahead."""
    now, rooms = clock.now(), list(case_laid.rooms.values())
    found = helping.helping(prepared.case, prepared, case_laid.needed, stretches, now)
    held = held_spans(prepared.case, now, [], [one.occupant for one in found.candidates])
    return helping.elsewhere(found, rooms, held, now)


def sought(found: TeamFor) -> list[Candidate]:
    """Those of whom some are chosen: of a kind of which somebody is missing."""
    kinds = {kind for kind, _number in helping.wanted(found)}
    return [one for one in found.candidates if helping.kind_of(one) in kinds]


def settled(found: TeamFor) -> list[Candidate]:
    """Those who hold it already, of a kind of which nobody is missing. In a term they are helpers too, so that it is not their turn too often."""
    kinds = {kind for kind, _number in helping.wanted(found)}
    return [one for one in found.holding if helping.kind_of(one) not in kinds]


def as_helpers(teams: Iterable[TeamFor], almanac: solver.Almanac) -> dict[str, solver.Helper]:
    """Everybody once, by what a seat holds: free when nothing that is known of them in any of these cases keeps them away."""
    found: dict[str, solver.Helper] = {}
    for team in teams:
        for one in (*sought(team), *settled(team)):
            helper = helping.as_helper(one, team.almanac, almanac)
            there = found.get(helper.id)
            found[helper.id] = replace(helper, free=helper.free & there.free) if there else helper
    return found


def in_search(meeting: solver.Meeting, found: TeamFor) -> solver.Meeting:
    """The meeting with those who hold it as the only helpers that it may take, and as many as they are."""
    theirs = settled(found)
    ids = {str(one.occupant) for one in theirs}
    kinds = {helping.kind_of(one): 0 for one in theirs}
    for one in theirs:
        kinds[helping.kind_of(one)] += 1
    return replace(
        meeting,
        people=tuple(who for who in meeting.people if who not in ids),
        helpers=(*meeting.helpers, *sorted(ids)),
        team=(*meeting.team, *sorted(kinds.items())),
    )


def turns_of_lines(lines: Sequence[Line]) -> Turns:
    """Whose turn these lines are, by user: of who is on the team, and of who would be."""
    found: dict[UUID, list[Turn]] = defaultdict(list)
    by_case = {line.case_id: line for line in lines if line.during}
    on_it = Assignment.objects.filter(case__in=by_case, ended_at__isnull=True).values_list("case", "facilitator__user", "part")
    for case, who, part in on_it:
        found[who].append(Turn((by_case[case].during.lower, by_case[case].during.upper), part))
    users = users_of(lines)
    for line in by_case.values():
        for part, facilitator in line.places:
            if facilitator in users:
                found[users[facilitator]].append(Turn((line.during.lower, line.during.upper), part))
    return found


def users_of(lines: Iterable[Line]) -> dict[UUID, UUID]:
    """By facilitator, everybody whom these lines would ask. One query."""
    ids = {facilitator for line in lines for _part, facilitator in line.places}
    return dict(Facilitator.objects.filter(pk__in=ids).values_list("pk", "user"))
