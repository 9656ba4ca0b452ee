"""What is not to be had in a term: rooms and people that are booked, kept for an offer, or held by a line of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from setfair.cases.models import Assignment, Duty, Participation
from setfair.programmes.models import Room
from setfair.scheduling import solver
from setfair.scheduling.models import HELD, Booking, OfferedTime, Seat
from setfair.scheduling.queries import promised
from setfair.scheduling.rooms import closed_hours

from ..models import Line
from .teams import Turns

Taken = dict[str, list[solver.Span]]


def taken_by_others(after: datetime, rooms: list[Room], occupants: list[UUID], first: date, last: date, zone: str) -> Taken:
    """What is booked, what is kept for an offer that people still answer or for an hour that a team is asked about, and when a room is shut."""
    found: Taken = defaultdict(list)
    live: dict[str, Any] = {"released_at__isnull": True, "during__endswith__gt": after}
    for room in rooms:
        found[str(room.pk)] += closed_hours(room, first, last, zone)
    between = {room.pk: room.between for room in rooms}
    for booked, during in Booking.objects.filter(room__in=rooms, **live).values_list("room", HELD):
        found[str(booked)].append((during.lower - between[booked], during.upper))
    for who, during in Seat.objects.filter(occupant__in=occupants, **live).values_list("occupant", "during"):
        found[str(who)].append((during.lower, during.upper))
    held = OfferedTime.objects.filter(offer__ended_at__isnull=True, offer__held_until__gt=after).values_list("case", "room", "during")
    duties = list(promised().select_related("facilitator"))
    _mark(found, [*held, *_asked_about(duties, after)], rooms)
    for duty in duties:
        found[str(duty.facilitator.user_id)].append((duty.starts_at, duty.ends_at))
    return found


def _asked_about(duties: Iterable[Duty], after: datetime) -> list[tuple[UUID, UUID | None, Any]]:
    """The hours that teams are asked about, with the room of the line that asks; whoever was asked by hand was asked about none."""
    lines = Line.objects.filter(state=Line.State.ASKED, during__startswith__gt=after)
    rooms = {(line.case_id, line.starts_at): line.room_id for line in lines}
    return [(one.case_id, rooms.get((one.case_id, one.starts_at)), DateTimeTZRange(one.starts_at, one.ends_at)) for one in duties]


def hold(taken: Taken, lines: Sequence[Line], turns: Turns, rooms: Iterable[Room]) -> None:
    """Lines hold their rooms, their circles and their teams as a booking does; `turns` are those that they give to people."""
    _mark(taken, [(line.case_id, line.room_id, line.during) for line in lines], rooms)
    for who, some in turns.items():
        taken[str(who)] += [turn.span for turn in some]


def _mark(taken: Taken, held: Sequence[tuple[UUID, UUID | None, Any]], rooms: Iterable[Room]) -> None:
    """Rooms with what they need before and after, and everyone of those cases, are taken then."""
    between = {room.pk: room.between for room in rooms}
    needed: dict[UUID, set[UUID]] = defaultdict(set)
    cases = {case for case, _room, _during in held}
    people = Participation.objects.filter(case__in=cases, left_at__isnull=True).values_list("case", "person")
    helpers = Assignment.objects.filter(case__in=cases, ended_at__isnull=True).values_list("case", "facilitator__user")
    for case, who in (*people, *helpers):
        needed[case].add(who)
    for case, room, during in held:
        if room in between:
            taken[str(room)].append((during.lower - between[room], during.upper + between[room]))
        for who in needed[case]:
            taken[str(who)].append((during.lower, during.upper))
