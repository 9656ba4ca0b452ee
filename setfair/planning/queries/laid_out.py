"""All cases of a plan laid out for the solver, on one line of days: who is needed, when they can, which rooms there are, and what is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from setfair.cases.models import Assignment, Case, Participation
from setfair.core import clock
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import circle as known
from setfair.preparation.queries import standing
from setfair.programmes.models import Room
from setfair.scheduling import queries as times
from setfair.scheduling import solver
from setfair.scheduling.models import HELD, Booking, OfferedTime, Seat
from setfair.scheduling.open_days import open_for
from setfair.scheduling.queries.laid_out import LaidOut
from setfair.scheduling.queries.needed import Needed
from setfair.scheduling.queries.out import out_hours, out_of
from setfair.scheduling.rooms import barred, closed_hours

from ..apart import apart
from ..models import Line

WEIGHTS = solver.Weights(left_out=100_000, day=1, if_needed=1000)
"""As many as can be; then times that suit everyone; then the earliest."""

Taken = dict[str, list[solver.Span]]


@dataclass(frozen=True)
class OfCase:
    """One case of the term. `missing` says what stands between its circle and every day that is open; then nothing is searched for.

    `beyond` says what is missing from some day of the term on: until then alone is searched.
    """

    case: Case
    prepared: Prepared
    laid: LaidOut
    missing: str
    beyond: str


@dataclass(frozen=True)
class Term:
    """`cases` are those that want a time, by reference; `taken` is what is not to be had, by the id of a person, a helper or a room.

    `unread` are those that could not be looked at.
    """

    almanac: solver.Almanac
    instance: solver.Instance
    taken: dict[str, int]
    cases: dict[str, OfCase]
    unread: Sequence[Case] = ()

    @property
    def to_search(self) -> solver.Instance:
        """For a search that knows nothing but what it is given: what is taken is not free."""
        people = {who: replace(one, free=one.free & ~self.taken.get(who, 0)) for who, one in self.instance.people.items()}
        rooms = {name: replace(one, free=one.free & ~self.taken.get(name, 0)) for name, one in self.instance.rooms.items()}
        return replace(self.instance, people=people, rooms=rooms)

    def diary(self, placed: Iterable[solver.Placed] = ()) -> solver.Diary:
        diary = solver.Diary(replace(self.instance, placed=list(placed)))
        for what, mask in self.taken.items():
            diary.taken[what] |= mask
        return diary

    def told(self, one: solver.Placed, among: solver.Diary) -> times.Suggestion:
        """What speaks for and against that time, as the page says it that finds a time for one case alone."""
        of = self.cases[one.meeting]
        among.take(one)
        there = copy(among)
        there.instance = replace(among.instance, starts=1 << one.start)
        meeting = replace(of.laid.meeting, rooms=(one.room,))
        found = times.of_layout(replace(of.laid, diary=there, meeting=meeting), of.prepared, 1)
        among.put(one)
        return found[0]

    def choices(self, ref: str, limit: int) -> list[times.Suggestion]:
        """The best times of one case, one in each window."""
        of = self.cases[ref]
        return times.of_layout(replace(of.laid, diary=self.diary()), of.prepared, limit)

    def fits(self, ref: str) -> bool:
        """Whether it could have a time if nobody else of the plan had one."""
        return bool(solver.suggest(self.diary(), self.cases[ref].laid.meeting, limit=1))

    def blocks(self, ref: str, among: solver.Diary) -> list[str]:
        of = self.cases[ref]
        return times.blocks_of(of.case, replace(of.laid, diary=among))


def lay_out(cases: Sequence[Case], first: date, last: date, fixed: Sequence[Line] = (), *, patient: bool = False) -> Term:
    """Everything that the search needs about these cases on these days. `fixed` lines hold their rooms and people as a booking does.

    If `patient`, a case that cannot be looked at is named as such, and the others are laid out without it.
    """
    now = clock.now()
    tried = [apart(partial(_Read.of, case, first, last)) if patient else _Read.of(case, first, last) for case in cases]
    read, unread = [one for one in tried if one], [case for case, one in zip(cases, tried, strict=True) if one is None]
    zone = cases[0].programme.zone if cases else "UTC"
    almanac = solver.Almanac(list({stretch for one in read for stretch in one.stretches}), zone)
    needed = [one.alone.needed for one in read]
    everyone = Needed([p for one in needed for p in one.people], [a for one in needed for a in one.team])
    said = times.said_by(everyone, almanac.stretches, zone)
    words = {who: _last_words(one.answers, almanac.stretches) for who, one in said.items()}
    people = {str(who): _person(who, words[who], one.busy, almanac) for who, one in said.items()}
    people |= {one.circle: solver.Person(one.circle, one.can(almanac)) for one in read}
    out = out_hours([p.person_id for p in everyone.people], almanac.stretches, zone)
    people |= {who: solver.Person(who, ~almanac.mask(spans)) for who, spans in out.items()}
    rooms = {name: room for one in read for name, room in one.alone.rooms.items()}
    taken = _taken(now, list(rooms.values()), list(said), first, last, zone)
    _hold(taken, fixed)
    instance = solver.Instance(
        line=almanac.line,
        windows=almanac.windows,
        people=people,
        helpers={},
        rooms={name: solver.Room(name, room.seats, ~almanac.mask(taken.pop(name, ())), room.turnaround // 5) for name, room in rooms.items()},
        meetings={one.case.ref: one.meeting(almanac, out.keys()) for one in read},
        starts=almanac.begins(1, now),
        weights=WEIGHTS,
    )
    found = {
        one.case.ref: OfCase(one.case, one.prepared, one.laid(almanac, instance, words), one.missing, one.beyond) for one in read
    }  # fmt: skip
    return Term(almanac, instance, {what: almanac.mask(spans) for what, spans in taken.items()}, found, unread)


@dataclass(frozen=True)
class _Read:
    """What is read of one case, whatever the others are; `alone` is what the page knows that finds a time for it."""

    case: Case
    prepared: Prepared
    alone: LaidOut
    stretches: list[solver.Stretch]
    in_time: list[solver.Stretch]
    on_the_way: list[solver.Span]
    missing: str
    beyond: str

    @classmethod
    def of(cls, case: Case, first: date, last: date) -> _Read:
        alone, prepared, zone = times.lay_out(case), known(case), case.programme.zone
        until = min(last, case.deadline) if case.deadline else last
        stretches = open_for(case, alone.needed.people, first, until, minutes=alone.minutes) if first <= until else []
        days = sorted({clock.local(one.starts, zone).date() for one in stretches})
        green = _green(days, lambda day: not _missing(prepared, day))
        missing = _missing(prepared, days[0]) if days and not green else ""
        beyond = _missing(prepared, days[green]) if 0 < green < len(days) else ""
        can = [one for one in stretches if green and clock.local(one.starts, zone).date() <= days[green - 1]]
        rooms = list(alone.rooms.values())
        shut = {room.pk: set(closed_hours(room, first, last, zone)) for room in rooms}
        way = [span for room, spans in barred(case, rooms, first, last).items() for span in spans if span not in shut[room]]
        return cls(case, prepared, alone, stretches, can, way, missing, beyond)

    @property
    def circle(self) -> str:
        """The circle as such, which can be only on days that are right for it as a whole."""
        return f"circle {self.case.ref}"

    def can(self, almanac: solver.Almanac) -> int:
        """Somebody of the team who comes from another place comes into no room meanwhile: nobody knows yet which it will be."""
        return almanac.mask((one.starts, one.ends) for one in self.in_time) & ~almanac.mask(self.on_the_way)

    def meeting(self, almanac: solver.Almanac, out: Collection[str]) -> solver.Meeting:
        return solver.Meeting(
            id=self.case.ref,
            people=(*map(str, self.alone.needed.names), self.circle, *(who for who in map(out_of, self.alone.needed.names) if who in out)),
            grains=solver.grains(self.alone.minutes),
            first_day=0,
            last_day=almanac.line.days - 1,
            rooms=tuple(self.alone.rooms),
            seats=len(self.alone.needed.names),
            priority=2 if self.case.deadline else 1,
        )

    def laid(self, almanac: solver.Almanac, instance: solver.Instance, words: dict[UUID, dict[datetime, str]]) -> LaidOut:
        """The same as for the page, on the line of the whole term."""
        own = {who: words[who] for who in self.alone.needed.names}
        meeting, nothing = instance.meetings[self.case.ref], solver.Diary(instance)
        return replace(self.alone, almanac=almanac, diary=nothing, meeting=meeting, words=own, in_time=self.in_time or self.stretches)


def _missing(prepared: Prepared, day: date) -> str:
    """The first thing that stands between the circle and that day; empty when nothing does."""
    return next((b.sentence for b in standing(prepared, day) if b.code != times.ASKED_LATER), "")


def _green(days: Sequence[date], stands: Callable[[date], bool]) -> int:
    """On how many of these days, from the first on, everyone is ready. A yes runs out and does not come back by itself, so few are asked about."""
    if not days or not stands(days[0]):
        return 0
    low, high = 1, len(days)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if stands(days[middle - 1]) else (low, middle - 1)
    return low


def _last_words(said: Iterable[tuple[datetime, str]], stretches: Sequence[solver.Stretch]) -> dict[datetime, str]:
    return {one.starts: answer for moment, answer in said for one in stretches if one.starts <= moment < one.ends}


def _person(who: UUID, words: dict[datetime, str], busy: Iterable[solver.Span], almanac: solver.Almanac) -> solver.Person:
    def said(answer: str) -> int:
        return almanac.mask((one.starts, one.ends) for one in almanac.stretches if words.get(one.starts) == answer)

    return solver.Person(str(who), free=~(said("no") | almanac.mask(busy)), reluctant=said("if_needed"))


def _taken(after: datetime, rooms: list[Room], occupants: list[UUID], first: date, last: date, zone: str) -> Taken:
    """What is booked, what is kept for an offer that people still answer, and when a room is shut."""
    found: Taken = defaultdict(list)
    live: dict[str, Any] = {"released_at__isnull": True, "during__endswith__gt": after}
    for room in rooms:
        found[str(room.pk)] += closed_hours(room, first, last, zone)
    between = {room.pk: room.between for room in rooms}
    for room, during in Booking.objects.filter(room__in=rooms, **live).values_list("room", HELD):
        found[str(room)].append((during.lower - between[room], during.upper))
    for who, during in Seat.objects.filter(occupant__in=occupants, **live).values_list("occupant", "during"):
        found[str(who)].append((during.lower, during.upper))
    held = OfferedTime.objects.filter(offer__ended_at__isnull=True, offer__held_until__gt=after).values_list("case", "room", "during")
    _mark(found, list(held))
    return found


def _hold(taken: Taken, lines: Sequence[Line]) -> None:
    _mark(taken, [(line.case_id, line.room_id, line.during) for line in lines])


def _mark(taken: Taken, held: Sequence[tuple[UUID, UUID | None, Any]]) -> None:
    """Rooms, and everyone of those cases, are taken then."""
    needed: dict[UUID, set[UUID]] = defaultdict(set)
    cases = {case for case, _room, _during in held}
    people = Participation.objects.filter(case__in=cases, left_at__isnull=True).values_list("case", "person")
    helpers = Assignment.objects.filter(case__in=cases, ended_at__isnull=True).values_list("case", "facilitator__user")
    for case, who in (*people, *helpers):
        needed[case].add(who)
    for case, room, during in held:
        for what in (room, *needed[case]):
            taken[str(what)].append((during.lower, during.upper))


def days_ahead(programme: Any) -> date:
    """The first day that can be planned."""
    return clock.local(clock.now(), programme.zone).date() + timedelta(days=1)
