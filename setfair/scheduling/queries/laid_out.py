"""A case laid out for the solver: who is needed, when they can, which rooms there are, and what is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from setfair.cases.models import Assignment, Case
from setfair.cases.queries import circle, team
from setfair.core import clock
from setfair.preparation.queries import Circle as Prepared
from setfair.preparation.queries import circle as prepared_of
from setfair.programmes.bells import ringing
from setfair.programmes.models import Programme, Room

from .. import solver
from ..models import HELD, Booking, Seat
from ..open_days import is_student, last_day, open_ahead
from ..rooms import barred, rooms_for
from ..team_for import TeamFor
from .arriving import early_of
from .free import said_by
from .helping import SCHOOL, as_helpers, elsewhere, exams, helping, school, wanted
from .length import length_of
from .needed import Needed
from .offered import held_spans
from .out import out_hours
from .tongues import without
from .unsaid import unsaid

Lesson = tuple[str, datetime, datetime]

WEIGHTS = solver.Weights(day=10, lesson=10, turn=1, if_needed=10_000)
"""A day that suits everyone comes before any on which somebody would come only if needed. A lesson that one of them misses weighs as
much as an open day of waiting; whose turn it is decides between times that are close."""
ONE_PLACE = 5
"""What it costs where both sides would wait in one place, and there is a room where they would not."""


@dataclass(frozen=True)
class LaidOut:
    """`words` are each person's last words about a window, by its opening; `in_time` the windows before the deadline.

    `helping` says who could hold it and who does; `lessons` are those of the days ahead, `pupils` who of those needed has them, and how
    early they come; `held` whose hours, or which rooms', are kept for another case. Of the `unsaid` nobody reads that they are booked.
    """

    needed: Needed
    rooms: dict[str, Room]
    almanac: solver.Almanac
    diary: solver.Diary
    meeting: solver.Meeting
    minutes: int
    after: datetime
    words: dict[UUID, dict[datetime, str]]
    in_time: list[solver.Stretch]
    helping: TeamFor
    lessons: list[Lesson]
    pupils: Mapping[UUID, int]
    held: frozenset[UUID]
    unsaid: frozenset[UUID]

    @property
    def names(self) -> dict[str, str]:
        return {str(who): name for who, name in self.needed.names.items()}

    @property
    def lasts(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    def choices(self, limit: int) -> list[solver.Choice]:
        """The best time of each window, the best windows first."""
        windows = [solver.Line.of([first, end - first], [0, 0]).between(1, 1) for first, end in self.almanac.windows]
        return solver.suggest(self.diary, self.meeting, limit=limit, apart=windows)

    def of_length(self, minutes: int) -> LaidOut:
        """The same for a shorter or a longer meeting."""
        meeting, instance = replace(self.meeting, grains=solver.grains(minutes)), self.diary.instance
        begins = self.almanac.begins(meeting.grains, self.after)
        diary = solver.Diary(replace(instance, meetings={meeting.id: meeting}, starts=begins))
        diary.taken = self.diary.taken
        return replace(self, diary=diary, meeting=meeting, minutes=minutes)

    def strictly(self) -> solver.Diary:
        """The same, had everyone who would come only if needed said no."""
        instance = self.diary.instance
        people = {name: replace(one, free=one.free & ~one.reluctant) for name, one in instance.people.items()}
        diary = solver.Diary(replace(instance, people=people))
        diary.taken = self.diary.taken
        return diary


def lay_out(case: Case, minutes: int | None = None, prepared: Prepared | None = None) -> LaidOut:
    """Everything that the search for a time needs, in a fixed number of queries; windows after the deadline too, to say what they would open.

    Where the team is not complete, whoever could complete it is laid out with it: a time fits only if enough of them can come.
    """
    who_comes, programme, now = Needed(circle(case), list(team(case))), case.programme, clock.now()
    today, needed = clock.local(now, programme.zone).date(), list(who_comes.names)
    rooms = rooms_for(who_comes.people)
    minutes = minutes or length_of(case, who_comes.people).minutes
    stretches = open_ahead(case, who_comes.people, today, minutes=minutes)
    in_time = _in_time(stretches, last_day(case, today), programme.zone)
    almanac, length = solver.Almanac(stretches, programme.zone), solver.grains(minutes)
    known = said_by(who_comes, almanac.stretches, programme.zone)
    found = helping(case, prepared or prepared_of(case), who_comes, stretches, now)
    held = held_spans(case, now, [room.pk for room in rooms], [*needed, *(one.occupant for one in found.candidates)])
    found = elsewhere(found, rooms, held, now)
    helpers, pupils, lessons = as_helpers(found, almanac), pupils_of(case, who_comes, today), lessons_on(stretches, programme.zone)
    out = out_hours([p.person_id for p in who_comes.people], almanac.stretches, programme.zone)
    tongues = without(found, helpers, almanac.line)
    waits_apart = any(room.waiting_places > 1 for room in rooms)
    words = _last_words({who: said.answers for who, said in known.items()}, almanac.stretches)
    meeting = solver.Meeting(
        id=case.ref,
        people=(*map(str, needed), *out, *tongues),
        grains=length,
        first_day=0,
        last_day=len({clock.local(s.starts, programme.zone).date() for s in in_time}) - 1,
        helpers=tuple(helpers),
        team=wanted(found),
        rooms=tuple(str(room.pk) for room in rooms),
        seats=len(needed) + len(found.needs.places()),
    )
    diary = solver.Diary(
        solver.Instance(
            line=almanac.line,
            windows=almanac.windows,
            people={str(who): _person(who, words[who], [*known[who].busy, *exams(found, who)], almanac, pupils.get(who)) for who in needed}
            | {who: solver.Person(who, ~almanac.mask(spans)) for who, spans in out.items()}
            | {name: solver.Person(name, -1, lessons=name) for name in tongues},
            helpers=helpers,
            rooms={str(room.pk): solver.Room(str(room.pk), room.seats, -1, way=way_to(room, apart=waits_apart)) for room in rooms},
            meetings={meeting.id: meeting},
            lessons=bells_of(programme, lessons, pupils.values(), almanac) | tongues,
            starts=almanac.begins(length, now),
            weights=WEIGHTS,
        )
    )
    until = max((one.ends for one in stretches), default=now) + timedelta(days=1)
    taken = _taken(case, (now, until), [room.pk for room in rooms], needed)
    for what in held.keys() & {*needed, *(room.pk for room in rooms)}:
        taken[what] += held[what]
    for room in rooms:
        taken[room.pk] = keeping(room, taken[room.pk])
    for what, spans in barred(case, rooms, today, _last_of(stretches, today, programme.zone)).items():
        taken[what] += spans
    for what, spans in taken.items():
        diary.taken[str(what)] = almanac.mask(spans)
    return LaidOut(
        who_comes, {str(room.pk): room for room in rooms}, almanac, diary, meeting, minutes, now, words, in_time, found, lessons, pupils,
        frozenset(held), unsaid(who_comes, now),
    )  # fmt: skip


def _last_of(stretches: list[solver.Stretch], today: date, zone: str) -> date:
    return clock.local(stretches[-1].starts, zone).date() if stretches else today


def _in_time(stretches: list[solver.Stretch], last: date, zone: str) -> list[solver.Stretch]:
    return [one for one in stretches if clock.local(one.starts, zone).date() <= last]


def _last_words(said: dict[UUID, tuple[tuple[datetime, str], ...]], stretches: list[solver.Stretch]) -> dict[UUID, dict[datetime, str]]:
    """Each person's last word about each window: an answer counts for the window in which its moment lies."""
    return {
        who: {one.starts: answer for moment, answer in words for one in stretches if one.starts <= moment < one.ends} for who, words in said.items()
    }


def way_to(room: Room, *, apart: bool) -> int:
    """Half an hour on the way weighs as much as an open day of waiting."""
    return (room.venue.minutes // 3 if room.venue is not None else 0) + (ONE_PLACE if apart and room.waiting_places < 2 else 0)


def pupils_of(case: Case, needed: Needed, today: date) -> dict[UUID, int]:
    """Who of them has lessons, the students of the circle and those of the team, and how many minutes before the start they come."""
    early = early_of(case.programme, needed.people)
    circle = {p.person_id: early[p.person_id] for p in needed.people if is_student(case.programme, p.person, today)}
    return circle | {a.facilitator.user_id: case.programme.early_team for a in needed.team if a.part == Assignment.Part.STUDENT}


def bells_of(programme: Programme, lessons: Iterable[Lesson], early: Iterable[int], almanac: solver.Almanac) -> dict[str, list[tuple[int, int]]]:
    """The lessons as each hears them: whoever comes earlier has to leave a lesson that ends close before the start."""
    known = list(lessons)

    def heard(minutes: int) -> list[tuple[int, int]]:
        more = timedelta(minutes=minutes)
        return [grains for _name, first, last in known if (grains := almanac.within((first, last + more)))]

    return {SCHOOL: heard(programme.early_team)} | {school(minutes): heard(minutes) for minutes in set(early)}


def lessons_on(stretches: list[solver.Stretch], zone: str) -> list[Lesson]:
    bells, days = ringing(), sorted({clock.local(s.starts, zone).date() for s in stretches})
    return [
        (name, clock.at(day, starts.hour, starts.minute, zone), clock.at(day, ends.hour, ends.minute, zone))
        for day in days
        for name, starts, ends in bells.lessons(day)
    ]


def _person(who: UUID, words: dict[datetime, str], busy: Sequence[solver.Span], almanac: solver.Almanac, early: int | None) -> solver.Person:
    def said(answer: str) -> int:
        return almanac.mask((one.starts, one.ends) for one in almanac.stretches if words.get(one.starts) == answer)

    free = ~(said("no") | almanac.mask(busy))
    return solver.Person(str(who), free, lessons="" if early is None else school(early), reluctant=said("if_needed"))


def keeping(room: Room, taken: Iterable[solver.Span]) -> list[solver.Span]:
    """The same with what the room needs before it: whatever is put there has to have ended, and been cleared, by then."""
    return [(starts - room.between, ends) for starts, ends in taken]


def _taken(case: Case, between: solver.Span, rooms: list[UUID], occupants: list[UUID]) -> dict[UUID, list[solver.Span]]:
    """What others hold; the time that the case itself has stands in nothing's way, for it would be given back."""
    spans: dict[UUID, list[solver.Span]] = defaultdict(list)
    live = {"released_at__isnull": True, "during__endswith__gt": between[0], "during__startswith__lt": between[1]}
    for what, during in (
        *Booking.objects.filter(~Q(case=case), room__in=rooms, **live).values_list("room", HELD),
        *Seat.objects.filter(~Q(booking__case=case), occupant__in=occupants, **live).values_list("occupant", "during"),
    ):
        spans[what].append((during.lower, during.upper))
    return spans
