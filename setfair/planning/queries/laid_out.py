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

from setfair.cases.models import Case
from setfair.core import clock
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import circle as known
from setfair.preparation.queries import standing
from setfair.programmes.models import Room
from setfair.scheduling import queries as times
from setfair.scheduling import solver
from setfair.scheduling.candidates import Turn
from setfair.scheduling.open_days import open_for
from setfair.scheduling.queries import laid_out as of_one
from setfair.scheduling.queries.helping import exams as exams_of_one
from setfair.scheduling.queries.helping import school, wanted
from setfair.scheduling.queries.laid_out import LaidOut, bells_of, lessons_on, pupils_of, way_to
from setfair.scheduling.queries.needed import Needed
from setfair.scheduling.queries.out import out_hours, out_of
from setfair.scheduling.rooms import barred, closed_hours
from setfair.scheduling.team_for import TeamFor

from ..apart import apart
from ..models import Line
from . import teams
from .taken import hold, taken_by_others

WEIGHTS = replace(of_one.WEIGHTS, left_out=1_000_000)
"""As many as can be; of each then what weighs for one alone: what suits everyone, few days of waiting and few lessons, fair turns."""


@dataclass(frozen=True)
class OfCase:
    """One case of the term. `missing` says what stands between its circle and every day that is open; then nothing is searched for.

    `beyond` says what is missing from some day of the term on: until then alone is searched.
    """

    case: Case
    prepared: Prepared
    laid: LaidOut
    missing: tuple[str, ...]
    beyond: tuple[str, ...]


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
        helpers = {who: replace(one, free=one.free & ~self.taken.get(who, 0)) for who, one in self.instance.helpers.items()}
        rooms = {name: replace(one, free=one.free & ~self.taken.get(name, 0)) for name, one in self.instance.rooms.items()}
        return replace(self.instance, people=people, helpers=helpers, rooms=rooms)

    def diary(self, placed: Iterable[solver.Placed] = ()) -> solver.Diary:
        diary = solver.Diary(replace(self.instance, placed=list(placed)))
        for what, mask in self.taken.items():
            diary.taken[what] |= mask
        return diary

    def told(self, one: solver.Placed, among: solver.Diary, others: teams.Turns | None = None) -> times.Suggestion:
        """What speaks for and against that time, as the page says it that finds a time for one case alone; and who it would be.

        `others` are the turns that the rest of the plan gives to people.
        """
        of = self.cases[one.meeting]
        among.take(one)
        there = copy(among)
        there.instance = replace(among.instance, starts=1 << one.start)
        theirs = set(one.helpers)
        meeting = replace(of.laid.meeting, rooms=(one.room,), helpers=tuple(who for who in of.laid.meeting.helpers if who in theirs))
        then, known = self._during(one), of.laid.helping.besides(others or {})
        helping = known.but({who.occupant: [then] for who in known.candidates if str(who.occupant) not in theirs})
        found = times.of_layout(replace(of.laid, diary=there, meeting=meeting, helping=helping), of.prepared, 1)
        among.put(one)
        return found[0]

    def turns(self, placed: Iterable[solver.Placed]) -> dict[str, dict[UUID, list[Turn]]]:
        """By case: the turns that all the others would be, by user."""
        mine: dict[str, dict[UUID, Turn]] = {}
        for one in placed:
            needed = self.cases[one.meeting].laid.needed
            who = {UUID(helper) for helper in one.helpers} | {a.facilitator.user_id for a in needed.team}
            mine[one.meeting] = {user: Turn(self._during(one), "") for user in who}
        everyone: dict[UUID, list[tuple[str, Turn]]] = defaultdict(list)
        for ref, turns in mine.items():
            for user, turn in turns.items():
                everyone[user].append((ref, turn))
        return {ref: {user: [turn for other, turn in some if other != ref] for user, some in everyone.items()} for ref in mine}

    def _during(self, one: solver.Placed) -> solver.Span:
        starts = self.almanac.moment(one.start)
        return starts, starts + self.cases[one.meeting].laid.lasts

    def choices(self, ref: str, limit: int) -> list[times.Suggestion]:
        """The best times of one case, one in each window."""
        of = self.cases[ref]
        return times.of_layout(replace(of.laid, diary=self.diary()), of.prepared, limit)

    def missing(self, one: solver.Placed) -> list[str]:
        """Everything that stands between the circle and the day of that time."""
        prepared = self.cases[one.meeting].prepared
        on = clock.local(self.almanac.moment(one.start), prepared.programme.zone).date()
        return [blocker.sentence for blocker in times.missing_on(prepared, on)]

    def fits(self, ref: str) -> bool:
        """Whether it could have a time if nobody else of the plan had one."""
        return bool(solver.suggest(self.diary(), self.cases[ref].laid.meeting, limit=1))

    def has_team(self, ref: str) -> bool:
        """Whether it then is not too often the turn of those who hold it, either."""
        return bool(solver.suggest(self.diary(), self.instance.meetings[ref], limit=1))

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
    held, known = teams.turns_of_lines(fixed), {one.case.ref: one.helping for one in read}
    known = {ref: team.besides(held) for ref, team in known.items()}
    exams = {who: spans for one in read for who in one.alone.needed.names if (spans := exams_of_one(one.helping, who))}
    pupils = {who: early for one in read for who, early in pupils_of(one.case, one.alone.needed, first).items()}
    lessons = lessons_on(almanac.stretches, zone)
    people = {str(who): _person(who, words[who], [*one.busy, *exams.get(who, ())], almanac, pupils.get(who)) for who, one in said.items()}
    people |= {one.circle: solver.Person(one.circle, one.can(almanac)) for one in read}
    out = out_hours([p.person_id for p in everyone.people], almanac.stretches, zone)
    people |= {who: solver.Person(who, ~almanac.mask(spans)) for who, spans in out.items()}
    rooms = {name: room for one in read for name, room in one.alone.rooms.items()}
    taken = taken_by_others(now, list(rooms.values()), list(said), first, last, zone)
    hold(taken, fixed, held, rooms.values())
    apart_somewhere = any(room.waiting_places > 1 for room in rooms.values())
    instance = solver.Instance(
        line=almanac.line,
        windows=almanac.windows,
        people=people,
        helpers=teams.as_helpers(known.values(), almanac),
        rooms={name: _room(room, ~almanac.mask(taken.pop(name, ())), way_to(room, apart=apart_somewhere)) for name, room in rooms.items()},
        meetings={one.case.ref: teams.in_search(one.meeting(almanac, out.keys()), known[one.case.ref]) for one in read},
        lessons=bells_of(cases[0].programme, lessons, pupils.values(), almanac) if cases else {},
        starts=almanac.begins(1, now),
        weights=WEIGHTS,
    )
    laid = {one.case.ref: one.laid(almanac, instance, words, out.keys()) for one in read}
    found = {
        ref: OfCase(one.case, one.prepared, replace(laid[ref], helping=known[ref], lessons=lessons, pupils=pupils), one.missing, one.beyond)
        for one in read
        for ref in [one.case.ref]
    }
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
    helping: TeamFor
    missing: tuple[str, ...]
    beyond: tuple[str, ...]

    @classmethod
    def of(cls, case: Case, first: date, last: date) -> _Read:
        alone, prepared, zone = times.lay_out(case), known(case), case.programme.zone
        until = min(last, case.deadline) if case.deadline else last
        stretches = open_for(case, alone.needed.people, first, until, minutes=alone.minutes) if first <= until else []
        helping = teams.team_of(alone, prepared, stretches)
        days, later = sorted({clock.local(one.starts, zone).date() for one in stretches}), _asked_later(helping)
        green = _green(days, lambda day: not _missing(prepared, day, later))
        missing = _missing(prepared, days[0], later) if days and not green else ()
        beyond = _missing(prepared, days[green], later) if 0 < green < len(days) else ()
        can = [one for one in stretches if green and clock.local(one.starts, zone).date() <= days[green - 1]]
        rooms = list(alone.rooms.values())
        shut = {room.pk: set(closed_hours(room, first, last, zone)) for room in rooms}
        way = [span for room, spans in barred(case, rooms, first, last).items() for span in spans if span not in shut[room]]
        return cls(case, prepared, alone, stretches, can, way, helping, missing, beyond)

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
            helpers=tuple(str(one.occupant) for one in teams.sought(self.helping)),
            team=wanted(self.helping),
            rooms=tuple(self.alone.rooms),
            seats=len(self.alone.needed.names) + len(self.helping.needs.places()),
            priority=2 if self.case.deadline else 1,
        )

    def laid(
        self, almanac: solver.Almanac, instance: solver.Instance, words: dict[UUID, dict[datetime, str]], out: Collection[str]
    ) -> LaidOut:  # fmt: skip
        """The same as for the page, on the line of the whole term."""
        own = {who: words[who] for who in self.alone.needed.names}
        meeting, nothing = self.meeting(almanac, out), solver.Diary(instance)
        return replace(self.alone, almanac=almanac, diary=nothing, meeting=meeting, words=own, in_time=self.in_time or self.stretches)


def _asked_later(helping: TeamFor) -> frozenset[str]:
    """What no day is shut for: what is asked in the last days alone, and a place in the team, where somebody for it is looked for."""
    return frozenset({times.ASKED_LATER, *(times.OF_THE_TEAM if helping.needs.places() else ())})


def _missing(prepared: Prepared, day: date, later: frozenset[str]) -> tuple[str, ...]:
    """Everything that stands between the circle and that day."""
    return tuple(b.sentence for b in standing(prepared, day) if b.code not in later)


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


def _room(room: Room, free: int, way: int) -> solver.Room:
    """What is kept between two meetings in it is kept between two lines too."""
    return solver.Room(str(room.pk), room.seats, free, solver.grains(room.turnaround), way)


def _person(who: UUID, words: dict[datetime, str], busy: Iterable[solver.Span], almanac: solver.Almanac, early: int | None) -> solver.Person:
    def said(answer: str) -> int:
        return almanac.mask((one.starts, one.ends) for one in almanac.stretches if words.get(one.starts) == answer)

    return solver.Person(
        str(who), free=~(said("no") | almanac.mask(busy)), lessons="" if early is None else school(early), reluctant=said("if_needed")
    )


def days_ahead(programme: Any) -> date:
    """The first day that can be planned."""
    return clock.local(clock.now(), programme.zone).date() + timedelta(days=1)
