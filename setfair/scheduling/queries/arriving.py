"""When each is asked to come, and where they wait: those who should not meet in the corridor come one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from setfair.cases.models import Participation, Role
from setfair.cases.queries import here, walls_between
from setfair.programmes.models import Programme

from ..models import Booking

SIDES = (str(Role.HARMED), str(Role.RESPONSIBLE))
APART, STEP = 10, 5
"""Minutes. The two sides do not wait at the same door (screens.md W10), however early the programme asks them to come."""


@dataclass(frozen=True)
class Coming:
    """One of the circle: when they come, and which of the room's waiting places is theirs, counted from none. None is straight to the room."""

    who: Participation
    at: datetime
    place: int | None
    waits: str


@dataclass
class _Party:
    """Those who come together, and so wait together: on one side, on the other, or on none."""

    side: str
    interprets: bool
    people: list[Participation] = field(default_factory=list)
    minutes: int = 0
    place: int | None = None

    def shuns(self, other: _Party, walls: set[frozenset[UUID]]) -> bool:
        """Whether they should not meet before it begins: they are of two sides, or a wall stands between two of them."""
        if self.side and other.side and self.side != other.side:
            return True
        return any(frozenset((one.person_id, two.person_id)) in walls for one in self.people for two in other.people)


def early_by(programme: Programme) -> dict[str, int]:
    """The minutes as the programme says them now, as a booking writes them down: what people were told stays, whatever is set later."""
    return {name: getattr(programme, name) for name in ("early_harmed", "early_responsible", "early_others", "early_team")}


def comes_early(rule: Programme | Booking, side: str = "") -> int:
    """How many minutes before the start those of a side are asked to come; of no side, everybody else. Of a booking, as they were told."""
    return {SIDES[0]: rule.early_harmed, SIDES[1]: rule.early_responsible}.get(side, rule.early_others)


def early_of(programme: Programme, people: Iterable[Participation]) -> dict[UUID, int]:
    """By person, how many minutes before the start they are asked to come at least: as early as the one by whom they stand."""
    people = list(people)
    by_id = {p.pk: p for p in people}
    heads = {p.person_id: by_id.get(p.stands_by_id, p) if p.stands_by_id else p for p in people}
    return {who: comes_early(programme, next((side for side in SIDES if side in head.roles), "")) for who, head in heads.items()}


def apart(programme: Programme) -> int:
    """How many minutes lie between the two sides at least."""
    return max(APART, abs(programme.early_harmed - programme.early_responsible))


def team_comes(booking: Booking) -> datetime:
    """When those who hold it are asked to come."""
    return booking.starts_at - timedelta(minutes=booking.early_team)


def arrivals(booking: Booking, people: Sequence[Participation] | None = None) -> dict[UUID, Coming]:
    """Everyone of the circle by the id of their place, whoever comes first standing first. Two queries at most, however many they are.

    Who stands by somebody comes with them. Two sides, and any two who are kept apart, come ten minutes after one another and wait in
    two places; whoever interprets is there before the first of them, and goes straight in. Nothing but the minutes is written down: a wall that
    is put up later takes the booking with it.
    """
    people = list(here(booking.case).order_by("added_at", "id")) if people is None else people
    walls = {frozenset((w.one_id, w.other_id)) for w in walls_between([p.person_id for p in people])}
    parties = sorted(_parties(people, walls), key=lambda p: (p.interprets, comes_early(booking, p.side)))
    for n, party in enumerate(parties):
        party.minutes = _minutes(booking, party, parties[:n], walls)
    for n, party in enumerate(by_place := sorted(parties, key=lambda p: [*SIDES, ""].index(p.side))):
        party.place = _place(party, by_place[:n], walls, booking.room.waiting_places)
    coming = [_coming(booking, who, party) for party in sorted(parties, key=lambda p: -p.minutes) for who in party.people]
    return {one.who.pk: one for one in coming}


def coming(booking: Booking, me: Participation) -> Coming:
    """The same of one of them."""
    alone = Coming(me, booking.starts_at - timedelta(minutes=comes_early(booking)), None, "")
    return arrivals(booking).get(me.pk, alone)


def arrival(booking: Booking, me: Participation) -> datetime:
    """When this person is asked to come."""
    return coming(booking, me).at


def _parties(people: Sequence[Participation], walls: set[frozenset[UUID]]) -> list[_Party]:
    """Each with whoever stands by them; somebody who is kept apart from the one they stand by comes alone, and is of the same side."""
    by_id, found = {p.pk: p for p in people}, dict[UUID, _Party]()
    for p in people:
        head = by_id.get(p.stands_by_id, p) if p.stands_by_id else p
        alone = frozenset((head.person_id, p.person_id)) in walls
        side = next((role for role in SIDES if role in head.roles), "")
        party = _Party(side, not side and Role.INTERPRETER in head.roles)
        found.setdefault(p.pk if alone else head.pk, party).people.append(p)
    return list(found.values())


def _minutes(booking: Booking, party: _Party, placed: list[_Party], walls: set[frozenset[UUID]]) -> int:
    if party.interprets:
        return max((p.minutes for p in placed if not p.interprets), default=comes_early(booking)) + STEP
    minutes = comes_early(booking, party.side)
    while any(party.shuns(other, walls) and abs(other.minutes - minutes) < APART for other in placed):
        minutes += STEP
    return minutes


def _place(party: _Party, placed: list[_Party], walls: set[frozenset[UUID]], many: int) -> int | None:
    """The first place in which nobody waits but their own side, without anybody they should not meet; where there is none, the room itself."""
    if party.interprets:
        return None
    taken = {p.place for p in placed if p.side != party.side or party.shuns(p, walls)}
    return next((n for n in range(many) if n not in taken), None)


def _coming(booking: Booking, who: Participation, party: _Party) -> Coming:
    return Coming(who, booking.starts_at - timedelta(minutes=party.minutes), party.place, booking.room.waiting_place(party.place))
