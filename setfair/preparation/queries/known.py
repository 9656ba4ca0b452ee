"""Everything known about a circle's preparation, read at once and in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS, Assignment, Case, Hold, Participation, Role
from setfair.cases.route import How
from setfair.core import clock
from setfair.core.moulds import Mould, among, together
from setfair.people.models import NoContact
from setfair.programmes.models import ChecklistItem, Programme
from setfair.programmes.ways import Way

from ..models import Acknowledgement, Arrangement, Consent, Invitation, Meeting, NoGuardian, ObserverAnswer, Override, SafetyCheck, Tick


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
    watching: dict[UUID, ObserverAnswer] = field(default_factory=dict)
    arranged: dict[str, Arrangement] = field(default_factory=dict)
    ticks: dict[int, Tick] = field(default_factory=dict)

    @property
    def asked(self) -> bool:
        """Whether they sit in the circle, and so are met, asked and looked after."""
        return self.participation.role in SPEAKERS

    @property
    def choice(self) -> Consent | None:
        """Their own latest answer to taking part."""
        return self.answers.get((self.participation.pk, Consent.Scope.TAKE_PART))

    def conditions(self) -> list[tuple[Participation, str]]:
        """Under which conditions they, and whoever decides for them, said yes to taking part."""
        said = [(self.participation, self.choice), *self.said_for_them()]
        return [(who, str(a.conditions)) for who, a in said if a is not None and a.answer == Consent.Answer.YES and a.conditions]

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
    items: list[ChecklistItem]
    how: How = How.CONFERENCE
    way: Way = Way.MEET

    def local(self, fact: Any) -> date:
        """The day of a fact on the programme's own wall clock."""
        return clock.local(fact.at, self.programme.zone).date()

    def still_yes(self, said: Consent | None, on: date) -> bool:
        if said is None or said.answer != Consent.Answer.YES or self.outgrown(said, on) or self.is_to_another_way(said):
            return False
        return on <= self.last_of_yes(said)

    def last_of_yes(self, said: Consent) -> date:
        """The last day for which this yes holds: as long as a yes does here, or until the day that was said with it."""
        longest = self.local(said) + timedelta(days=self.programme.yes_days)
        return longest if said.until is None else min(longest, said.until)

    def is_to_another_way(self, said: Consent) -> bool:
        """Whether it was a yes to another way than the one in which it is done now."""
        return said.to_way is not None and said.to_way != self.way  # type: ignore[attr-defined]

    def last_looked(self, look: SafetyCheck) -> date:
        """The last day for which this look at somebody's safety holds."""
        return self.local(look) + timedelta(days=self.programme.looks_for(self.case.stage == Stage.FOLLOWING_UP))

    def outgrown(self, said: Consent, on: date) -> bool:
        """Whether somebody who is 18 on that day said it for themselves before: from their birthday on they are asked for a yes of their own anew."""
        mine = next((k.participation for k in self.people if k.participation.pk == said.participation_id == said.giver_id), None)
        return mine is not None and mine.outgrows(said.at, on)

    @property
    def observers(self) -> list[Participation]:
        """Who would only watch."""
        return [k.participation for k in self.people if k.participation.role == Role.OBSERVER]

    def today(self) -> date:
        return clock.local(timezone.now(), self.programme.zone).date()


def circle(case: Case) -> Circle:
    """Read it all, in three trips to the database, whether there are three people or thirty."""
    people = {p.pk: Known(p) for p in cases.circle(case)}
    for p in [k.participation for k in people.values()]:
        if p.stands_by_id in people:
            stood_by = people[p.stands_by_id]
            speaks = p.has_authority and not stood_by.participation.decides_alone
            (stood_by.guardians if speaks else stood_by.supporters).append(p)
    alone = any(k.participation.needs_guardian_now and not k.guardians for k in people.values())
    watched = any(k.participation.role == Role.OBSERVER for k in people.values())
    kinds = [kind for kind in OF_A_PERSON if {NoGuardian: alone, ObserverAnswer: watched}.get(kind, True)]
    here, them = {"case": case.pk}, [k.participation.person_id for k in people.values()]
    *facts, team, walls, holds, routes, overrides, items = together(
        *(FACTS.asking(values=here | {"people": list(people)}, model=kind) for kind in kinds),
        cases.TEAM.asking(values=here),
        cases.WALLS.asking(values={"people": them, "others": them}),
        cases.HELD.asking(values=here),
        cases.ROUTE.asking(values=here),
        OVERRIDES.asking(values=here),
        ITEMS.asking(values={"programme": case.programme_id}),
    )
    for kind, found in zip(kinds, facts, strict=True):
        for fact in found:
            _lay(people[fact.participation_id], fact, OF_A_PERSON[kind])
    now, changed_at = cases.now_and_change(team)
    return Circle(
        case=case,
        programme=case.programme,
        people=list(people.values()),
        team=now,
        team_changed_at=changed_at,
        walls=walls,
        hold=next(iter(holds), None),
        overrides=overrides,
        items=_of(case.programme, items),
        how=cases.how_of(routes),
        way=cases.way_in(routes),
    )


OF_A_PERSON: dict[Any, str] = {
    Invitation: "invitation",
    Acknowledgement: "acknowledgement",
    SafetyCheck: "safety",
    NoGuardian: "without",
    Meeting: "meeting",
    Consent: "answers",
    ObserverAnswer: "watching",
    Arrangement: "arranged",
    Tick: "ticks",
}


def _facts_of(*, model: Any, case: UUID, people: list[UUID]) -> QuerySet[Any]:
    rows = model.objects.filter(among("participation_id", people), case=case).order_by("at", "id")
    more = {Consent: {"to_way": F("text__way")}, SafetyCheck: {"owner_name": F("owner__name")}}.get(model, {})
    rows = rows.select_related("item") if model is Tick else rows
    return rows.annotate(**more)


FACTS = Mould(_facts_of)
OVERRIDES = Mould(lambda *, case: Override.objects.filter(case=case).order_by("at", "id"))
ITEMS = Mould(lambda *, programme: ChecklistItem.objects.filter(programme=programme, ended_at__isnull=True))


def _of(programme: Programme, items: list[ChecklistItem]) -> list[ChecklistItem]:
    """With the programme that was read already, which says in which language they are shown."""
    for item in items:
        item.programme = programme
    return items


def _lay(known: Known, fact: Any, name: str) -> None:
    """The facts come in their order, so the latest stays."""
    if isinstance(fact, Consent):
        if fact.recipient_id is None:
            known.answers[(fact.giver_id, fact.scope)] = fact
        return
    if isinstance(fact, Arrangement):
        known.arranged[fact.kind] = fact
        return
    if isinstance(fact, Tick):
        fact.item.programme = known.participation.case.programme
        known.ticks[fact.item.number] = fact
        return
    if isinstance(fact, ObserverAnswer):
        known.watching[fact.observer_id] = fact
        return
    setattr(known, name, fact)
    if isinstance(fact, Meeting) and fact.explained:
        known.explained = fact


def around(known: Circle, tab: str) -> dict[str, Any]:
    """What stands around a page that has read the circle, asked for once."""
    people, kept_apart = len(known.people), bool(known.walls)
    return cases.around(known.case, tab, people=people, kept_apart=kept_apart, hold=known.hold, seal=cases.sealed(known.case), how=known.how)
