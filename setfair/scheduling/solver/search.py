from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from .stretches import Stretch

STEP = timedelta(minutes=15)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Problem:
    """What is asked: who and how long, when it is open at all, and what is taken.

    `taken` is by the id of a room or of somebody; `answers` by somebody's id, the
    latest last, as (moment, answer). Rooms stand in the order in which they are wanted.
    """

    minutes: int
    stretches: Sequence[Stretch]
    rooms: Sequence[UUID]
    needed: Sequence[UUID]
    after: datetime
    taken: Mapping[UUID, Sequence[Span]] = field(default_factory=dict)
    answers: Mapping[UUID, Sequence[tuple[datetime, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Fit:
    stretch: Stretch
    starts: datetime
    room: UUID
    answers: Mapping[UUID, str]


@dataclass
class Obstacles:
    """Why nothing fits: in how many stretches each of these stood in the way."""

    short: int = 0
    room: int = 0
    busy: Counter[UUID] = field(default_factory=Counter)
    refused: Counter[UUID] = field(default_factory=Counter)


def fits(problem: Problem) -> list[Fit]:
    """The first time that fits in each stretch: those that put nobody out, then those somebody would take if needed."""
    found = [fit for stretch in problem.stretches if (fit := _first(problem, stretch))]
    return sorted(found, key=lambda fit: (sum(a == "if_needed" for a in fit.answers.values()), fit.starts))


def obstacles(problem: Problem) -> Obstacles:
    """What stood in the way, stretch by stretch; asked only when nothing fits."""
    found = Obstacles()
    for stretch in problem.stretches:
        found.refused.update(who for who, answer in _said(problem, stretch).items() if answer == "no")
        moments = list(_moments(problem, stretch))
        found.short += not moments
        found.busy.update({who for span in moments for who in problem.needed if _is_taken(problem, who, span)})
        found.room += bool(moments) and not any(_room(problem, span) for span in moments)
    return found


def _first(problem: Problem, stretch: Stretch) -> Fit | None:
    said = _said(problem, stretch)
    if "no" in said.values():
        return None
    for span in _moments(problem, stretch):
        if any(_is_taken(problem, who, span) for who in problem.needed):
            continue
        room = _room(problem, span)
        if room is not None:
            return Fit(stretch, span[0], room, said)
    return None


def _moments(problem: Problem, stretch: Stretch) -> Iterator[Span]:
    starts, length = stretch.starts, timedelta(minutes=problem.minutes)
    while starts + length <= stretch.ends:
        if starts > problem.after:
            yield starts, starts + length
        starts += STEP


def _said(problem: Problem, stretch: Stretch) -> dict[UUID, str]:
    """Each person's last word about this stretch."""
    return {who: answer for who in problem.needed for moment, answer in problem.answers.get(who, ()) if stretch.starts <= moment < stretch.ends}


def _room(problem: Problem, span: Span) -> UUID | None:
    return next((room for room in problem.rooms if not _is_taken(problem, room, span)), None)


def _is_taken(problem: Problem, what: UUID, span: Span) -> bool:
    return any(starts < span[1] and span[0] < ends for starts, ends in problem.taken.get(what, ()))
