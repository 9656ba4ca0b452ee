"""Who could hold a circle, in a shape that asks no database: what speaks against a time, who has a fair turn, and the best team.

The solver may take these as they are. Everything about a day is a span of moments that is
closed at its start and open at its end; ids are a facilitator's, and `occupant` is what a
seat holds. Words stand elsewhere (`team_for`): here are codes alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

Span = tuple[datetime, datetime]

LEAD, CO, STUDENT = "lead", "co", "student"
EXAM, BOOKED, AWAY, UNTIL, WEEK, TERM, RUNNING = "exam", "booked", "away", "until", "week", "term", "running"


@dataclass(frozen=True)
class Turn:
    """Once that somebody held a circle, or is to hold it."""

    span: Span
    part: str
    hidden: bool = False


@dataclass(frozen=True)
class Away:
    """When somebody cannot, and by which code: an exam, another meeting, their own calendar, a certificate that has ended."""

    span: Span
    why: str


@dataclass(frozen=True)
class Candidate:
    """One of the team who may take this case at all.

    `a_week` and `a_term` are how many turns they take at most; `suits`, where it is not empty, are
    the only times they gave; `may_not_with` are people they must not hold a circle for, in whatever case.
    """

    id: UUID
    occupant: UUID
    name: str
    kind: str
    speaks: frozenset[str] = frozenset()
    turns: tuple[Turn, ...] = ()
    away: tuple[Away, ...] = ()
    suits: tuple[Span, ...] = ()
    a_week: int = 2
    a_term: int = 10
    may_not_with: frozenset[UUID] = frozenset()

    @property
    def is_student(self) -> bool:
        return self.kind == "student"

    def last(self, before: datetime, part: str = "") -> datetime | None:
        """When they last had a turn before that moment, in that part or in any; None for never."""
        return max((t.span[0] for t in self.turns if t.span[0] < before and part in ("", t.part)), default=None)

    def count(self, part: str, before: datetime) -> int:
        return sum(t.part == part and t.span[0] < before for t in self.turns)

    def load(self, span: Span) -> int:
        """How many turns they have in it, held or to come."""
        return sum(span[0] <= t.span[0] < span[1] for t in self.turns)


@dataclass(frozen=True)
class Needs:
    """How many of each part are still to be found, and which languages the whole team has to have. `lead` is 0 or 1; `co` are further adults."""

    lead: int = 1
    co: int = 0
    student: int = 2
    languages: frozenset[str] = frozenset()

    def places(self) -> list[str]:
        return [LEAD] * self.lead + [CO] * self.co + [STUDENT] * self.student


@dataclass(frozen=True)
class Almanac:
    """What lies around those times: when all of the programme's meetings begin, its terms, and the first moment of each week by its Monday."""

    meetings: Sequence[datetime] = ()
    terms: Sequence[Span] = ()
    weeks: Sequence[Span] = ()

    def term_of(self, moment: datetime) -> Span:
        """The term that holds it; without one, the thirteen weeks before."""
        return next((t for t in self.terms if t[0] <= moment < t[1]), (moment - timedelta(weeks=13), moment + timedelta(days=1)))

    def week_of(self, moment: datetime) -> Span | None:
        return next((w for w in self.weeks if w[0] <= moment < w[1]), None)


@dataclass(frozen=True)
class Chosen:
    """One place with who would take it, and the codes of what speaks against it all the same (`RUNNING`)."""

    part: str
    who: Candidate
    despite: tuple[str, ...] = ()


@dataclass(frozen=True)
class Team:
    """The best that can be had at a time: `open` are parts that nobody can take then, `unspoken` languages that nobody of them has."""

    places: tuple[Chosen, ...]
    open: tuple[str, ...] = ()
    unspoken: frozenset[str] = frozenset()
    refused: Mapping[UUID, str] = field(default_factory=dict)


def why_not(who: Candidate, span: Span, almanac: Almanac) -> str:
    """The one thing because of which they cannot then, as a code; empty when they can."""
    for away in who.away:
        if away.span[0] < span[1] and span[0] < away.span[1]:
            return away.why
    if who.suits and not any(first <= span[0] and span[1] <= last for first, last in who.suits):
        return AWAY
    return full(who, span[0], almanac)


def full(who: Candidate, moment: datetime, almanac: Almanac) -> str:
    """Whether they have as many turns in that week or term as they take, as a code; empty when they can have one more."""
    week = almanac.week_of(moment)
    if week is not None and who.load(week) >= who.a_week:
        return WEEK
    return TERM if who.load(almanac.term_of(moment)) >= who.a_term else ""


def cannot(who: Candidate, days: Iterable[Span], almanac: Almanac) -> list[Span]:
    """All the times of these days at which they cannot: the same as `why_not` says of one time, for a search among all of them."""
    found = [away.span for away in who.away]
    for day in days:
        if full(who, day[0], almanac):
            found.append(day)
        elif who.suits:
            found += _between(who.suits, day)
    return found


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In their order, those that touch as one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found)


def _between(spans: Iterable[Span], day: Span) -> Iterator[Span]:
    """What of the day lies in none of these; they are in their order."""
    at = day[0]
    for first, last in spans:
        if last > at and first < day[1]:
            if first > at:
                yield at, first
            at = last
    if at < day[1]:
        yield at, day[1]


def runs_twice(who: Candidate, span: Span, almanac: Almanac) -> bool:
    """Whether it would be their second of the programme's meetings in a row, with the one before or the one after."""
    mine = {t.span[0] for t in who.turns}
    before = max((m for m in almanac.meetings if m < span[0]), default=None)
    after = min((m for m in almanac.meetings if m > span[0]), default=None)
    return before in mine or after in mine


def best_team(candidates: Iterable[Candidate], needs: Needs, span: Span, almanac: Almanac, spoken: frozenset[str] = frozenset()) -> Team:
    """Place by place the one whose turn it is: who speaks what is still missing, not twice running, the longest without this part, then without any.

    `spoken` are the languages of those who are on the team already. Equal on all counts they go by name, so that the answer is always the same.
    """
    refused: dict[UUID, str] = {}
    free: list[Candidate] = []
    for who in candidates:
        why = why_not(who, span, almanac)
        if why:
            refused[who.id] = why
        else:
            free.append(who)
    chosen: list[Chosen] = []
    missing, empty = needs.languages - spoken, []
    for part in needs.places():
        able = [who for who in free if who.is_student == (part == STUDENT)]
        if not able:
            empty.append(part)
            continue
        who = min(able, key=lambda one: _rank(one, part, span, almanac, missing))
        chosen.append(Chosen(part, who, (RUNNING,) if runs_twice(who, span, almanac) else ()))
        free.remove(who)
        missing -= who.speaks
    return Team(tuple(chosen), tuple(empty), missing, refused)


def _rank(who: Candidate, part: str, span: Span, almanac: Almanac, missing: frozenset[str]) -> tuple[int, bool, float, float, str, str]:
    turns = [who.last(span[0], part), who.last(span[0])]
    in_part, in_any = (moment.timestamp() if moment is not None else float("-inf") for moment in turns)
    return -len(who.speaks & missing), runs_twice(who, span, almanac), in_part, in_any, who.name, str(who.id)
