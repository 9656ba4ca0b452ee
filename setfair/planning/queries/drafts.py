"""A draft as it stands now: its lines with names, and which of them no longer hold because something was booked in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Participation
from setfair.core.actor import Actor
from setfair.facilitators.models import Facilitator
from setfair.scheduling.models import HELD, Booking, Seat
from setfair.scheduling.said import listed
from setfair.vault import ring

from ..models import Line, Plan
from .waiting import open_cases

State = Line.State


@dataclass(frozen=True)
class Row:
    """One line with the names of its circle and its team, and of whom it `would_be` where a place in it is empty.

    `stale` says why it does not hold any more; empty, when it does at first sight.
    """

    line: Line
    names: str
    team: str
    would_be: str
    stale: str


def latest(actor: Actor) -> Plan | None:
    """Their last plan."""
    return open_to(actor, Permission.PLAN_TERM, Plan).order_by("-at", "id").first()


def keepers(plan: Plan) -> list[Line]:
    """The lines that stay where they are in the next search."""
    which = {"is_pinned": True} if plan.keeps == Plan.Keeps.PINNED else {}
    return list(Line.objects.filter(plan=plan, state=State.PLACED, **which).select_related("case"))


def was_told(plan: Plan) -> QuerySet[Line]:
    """What came of the plan already: lines that are booked, or about which a team is asked. People were told."""
    return Line.objects.filter(plan=plan, state__in=(State.BOOKED, State.ASKED))


def draft(plan: Plan, actor: Actor) -> list[Row]:
    """All lines whose case is there for this actor, the earliest first, those without a time last. A fixed number of queries."""
    lines = list(open_to(actor, Permission.PLAN_TERM, Line).filter(plan=plan).select_related("case__programme", "room").order_by("during", "id"))
    cases = [line.case_id for line in lines]
    people = list(Participation.objects.filter(case__in=cases, left_at__isnull=True).select_related("person").order_by("added_at", "id"))
    team = list(Assignment.objects.filter(case__in=cases, ended_at__isnull=True).select_related("facilitator__user").order_by("part", "id"))
    ring.gather([*cases, *(p.person_id for p in people)])
    names, helpers = _by_case((p.case_id, p.person.shown) for p in people), _by_case((a.case_id, a.facilitator.user.get_short_name()) for a in team)
    they = Facilitator.objects.select_related("user").in_bulk({who for line in lines for _part, who in line.places})
    would = {line.pk: [they[who].user for _part, who in line.places if who in they] for line in lines}
    asked = [(line.case_id, user.pk) for line in lines for user in would[line.pk]]
    needed = [*((p.case_id, p.person_id) for p in people), *((a.case_id, a.facilitator.user_id) for a in team), *asked]
    stale = outdated(lines, needed, set(open_cases(actor).filter(pk__in=cases).values_list("pk", flat=True)))
    return [
        Row(line, ", ".join(names[line.case_id]), ", ".join(helpers[line.case_id]), listed([u.name for u in would[line.pk]]), stale.get(line.pk, ""))
        for line in lines
    ]


def outdated(lines: Iterable[Line], needed: Iterable[tuple[UUID, UUID]], still: Collection[UUID]) -> Mapping[UUID, str]:
    """Of lines with a time, those that no longer hold, and why. `needed` are the ids that a seat would hold, each with its case; `still` are
    the cases that wait for a time."""
    placed = [line for line in lines if line.state == State.PLACED and line.during]
    if not placed:
        return {}
    occupants: dict[UUID, set[UUID]] = defaultdict(set)
    for case, who in needed:
        occupants[case].add(who)
    first, last = min(line.during.lower for line in placed), max(line.during.upper for line in placed)
    live: dict[str, Any] = {"released_at__isnull": True, "during__overlap": (first, last)}
    near = Booking.objects.annotate(held=HELD).filter(released_at__isnull=True, held__overlap=(first, last + max(line.between for line in placed)))
    rooms = list(near.values_list("room", "held"))
    seats = list(Seat.objects.filter(**live).values_list("occupant", "during"))
    found = {line.pk: " ".join(_why_not(line, rooms, seats, occupants[line.case_id], still)) for line in placed}
    return {line: why for line, why in found.items() if why}


def _why_not(
    line: Line, rooms: list[tuple[UUID, Any]], seats: list[tuple[UUID, Any]], occupants: set[UUID], still: Collection[UUID]
) -> Iterator[str]:
    if line.case.stage == Stage.SCHEDULED:
        yield _("This has a time already.")
    elif line.case_id not in still:
        yield _("This is not ready any more.")
    if any(room == line.room_id and held.lower < line.during.upper + line.between and line.during.lower < held.upper for room, held in rooms):
        yield _("Somebody booked this room in between.")
    if any(who in occupants and _meet(during, line.during) for who, during in seats):
        yield _("Somebody who is needed was booked in between.")


def _meet(one: Any, other: Any) -> bool:
    return bool(one.lower < other.upper and other.lower < one.upper)


def _by_case(said: Iterable[tuple[UUID, str]]) -> defaultdict[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for case, name in said:
        found[case].append(name)
    return found
