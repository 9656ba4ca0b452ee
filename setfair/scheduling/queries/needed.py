"""Who is needed at a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from setfair.cases.models import Assignment, Case, Participation
from setfair.cases.queries import circle, team


@dataclass(frozen=True)
class Needed:
    """Who is needed, by the id that a seat holds: a person's, or a facilitator's as a user."""

    people: list[Participation]
    team: list[Assignment]

    @property
    def names(self) -> dict[UUID, str]:
        return {p.person_id: p.person.shown for p in self.people} | {a.facilitator.user_id: a.facilitator.user.name for a in self.team}


def occupants(case: Case) -> dict[UUID, str]:
    """Everybody a booking would hold, by the id its seats carry, with their names."""
    return Needed(circle(case), list(team(case))).names
