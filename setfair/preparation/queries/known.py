"""Everything known about a circle's preparation, read at once and in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from setfair.cases import queries as cases
from setfair.cases.models import SPEAKERS, Assignment, Case, Hold, Participation
from setfair.core import clock
from setfair.core.moulds import Mould, among
from setfair.people.models import NoContact
from setfair.programmes.models import Programme

from ..models import Acknowledgement, Consent, Invitation, Meeting, NoGuardian, Override, SafetyCheck

YES_HOLDS = timedelta(days=90)
"""A yes older than this on the day must be asked again (practice.md, annex C2)."""


@dataclass
class Known:
    """What is known about one person. Of each kind of fact the latest counts; of two at one instant, the one with the greater id."""

    participation: Participation
    guardians: list[Participation] = field(default_factory=list)
    invitation: Invitation | None = None
    meeting: Meeting | None = None
    explained: Meeting | None = None
    acknowledgement: Acknowledgement | None = None
    safety: SafetyCheck | None = None
    without: NoGuardian | None = None
    answers: dict[tuple[UUID, str], Consent] = field(default_factory=dict)
    supporters: list[Participation] = field(default_factory=list)

    @property
    def asked(self) -> bool:
        """Whether they sit in the circle, and so are met, asked and looked after."""
        return self.participation.role in SPEAKERS

    @property
    def choice(self) -> Consent | None:
        """Their own latest answer to taking part."""
        return self.answers.get((self.participation.pk, Consent.Scope.TAKE_PART))

    def said_for_them(self) -> list[tuple[Participation, Consent | None]]:
        """Each guardian who may decide for them, with the latest answer."""
        return [(g, self.answers.get((g.pk, Consent.Scope.TAKE_PART))) for g in self.guardians]


@dataclass
class Circle:
    """A case and all that its readiness is read from."""

    case: Case
    programme: Programme
    people: list[Known]
    team: list[Assignment]
    team_changed_at: datetime | None
    walls: list[NoContact]
    hold: Hold | None
    overrides: list[Override]

    def local(self, fact: Any) -> date:
        """The day of a fact on the programme's own wall clock."""
        return clock.local(fact.at, self.programme.zone).date()

    def still_yes(self, said: Consent | None, on: date) -> bool:
        return said is not None and said.answer == Consent.Answer.YES and on <= self.local(said) + YES_HOLDS

    def today(self) -> date:
        return clock.local(timezone.now(), self.programme.zone).date()


def circle(case: Case) -> Circle:
    """Read it all: eleven queries, whether there are three people or thirty, and one more where somebody young is here without a guardian."""
    people = {p.pk: Known(p) for p in cases.circle(case)}
    for p in [k.participation for k in people.values()]:
        if p.stands_by_id in people:
            stood_by = people[p.stands_by_id]
            (stood_by.guardians if p.has_authority else stood_by.supporters).append(p)
    _lay(people, Invitation, case, "invitation")
    _lay(people, Acknowledgement, case, "acknowledgement")
    _lay(people, SafetyCheck, case, "safety")
    if any(k.participation.needs_guardian_now and not k.guardians for k in people.values()):
        _lay(people, NoGuardian, case, "without")
    for meeting in _facts(Meeting, case, people):
        known = people[meeting.participation_id]
        known.meeting = meeting
        known.explained = meeting if meeting.explained else known.explained
    for said in _facts(Consent, case, people):
        people[said.participation_id].answers[(said.giver_id, said.scope)] = said
    team, team_changed_at = cases.team_and_change(case)
    return Circle(
        case=case,
        programme=case.programme,
        people=list(people.values()),
        team=team,
        team_changed_at=team_changed_at,
        walls=cases.walls_between([k.participation.person_id for k in people.values()]),
        hold=cases.held(case),
        overrides=OVERRIDES.ask(values={"case": case.pk}),
    )


def _facts(model: Any, case: Case, people: Iterable[UUID]) -> Any:
    return FACTS.ask(values={"case": case.pk, "people": list(people)}, model=model)


def _facts_of(*, model: Any, case: UUID, people: list[UUID]) -> QuerySet[Any]:
    return model.objects.filter(among("participation_id", people), case=case).order_by("at", "id")


FACTS = Mould(_facts_of)
OVERRIDES = Mould(lambda *, case: Override.objects.filter(case=case).order_by("at", "id"))


def _lay(people: dict[UUID, Known], model: Any, case: Case, name: str) -> None:
    for fact in _facts(model, case, people):
        setattr(people[fact.participation_id], name, fact)
