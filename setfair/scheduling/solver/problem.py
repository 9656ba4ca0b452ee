"""What is given: who can come when, who may help, which rooms there are, and what is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .grains import Line, of_spans


@dataclass(frozen=True)
class Person:
    """Somebody who must be there. `lessons` names their bell schedule, `reluctant` are the grains that they give only if needed."""

    id: str
    free: int
    lessons: str = ""
    reluctant: int = 0


@dataclass(frozen=True)
class Helper:
    """Somebody who may be chosen for a team: a facilitator, an interpreter.

    `load` is how often it was their turn before, `had` how often it is already in a week, by the week: it counts towards the `cap` of one.
    """

    id: str
    kind: str
    free: int
    lessons: str = ""
    speaks: frozenset[str] = frozenset()
    cap: int = 10**6
    load: int = 0
    had: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """`turnaround` grains stay free between two meetings of a day; `way` is what it costs the circle to get there."""

    id: str
    seats: int
    free: int
    turnaround: int = 0
    way: int = 0


@dataclass(frozen=True)
class Meeting:
    """One conference that wants a time. Only the helpers and rooms named here may be taken; `team` says how many of which kind."""

    id: str
    people: tuple[str, ...]
    grains: int
    first_day: int
    last_day: int
    helpers: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    team: tuple[tuple[str, int], ...] = ()
    language: str = ""
    seats: int = 0
    priority: int = 1


@dataclass(frozen=True)
class Placed:
    """A meeting that has its time, its room and its helpers."""

    meeting: str
    start: int
    room: str
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weights:
    """What each kind of trouble costs; the least sum is the best plan."""

    left_out: int = 1000
    lesson: int = 3
    day: int = 1
    turn: int = 1
    if_needed: int = 10


@dataclass(frozen=True)
class Instance:
    """A meeting begins and ends in one window. `lessons` are named bell schedules: each a list of spans.

    `starts` are the grains at which a meeting may begin at all, inside the windows or out; 0 is every grain of a day.
    """

    line: Line
    windows: Sequence[tuple[int, int]]
    people: Mapping[str, Person]
    helpers: Mapping[str, Helper]
    rooms: Mapping[str, Room]
    meetings: Mapping[str, Meeting]
    lessons: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    placed: Sequence[Placed] = ()
    starts: int = 0
    weights: Weights = Weights()
    _tables: dict[tuple[str, int], list[int]] = field(default_factory=dict, compare=False, repr=False)
    _known: dict[tuple[int, int], int] = field(default_factory=dict, compare=False, repr=False)

    def begins(self, length: int) -> int:
        """Every grain at which a meeting of that length could be thought to begin: it ends on the same day."""
        return self.starts or self._within(self.line.spans, length)

    def in_windows(self, length: int) -> int:
        return self._within(self.windows, length)

    def _within(self, spans: Sequence[tuple[int, int]], length: int) -> int:
        key = (id(spans), length)
        if key not in self._known:
            self._known[key] = of_spans((first, end - length + 1) for first, end in spans)
        return self._known[key]

    def missed(self, bell: str, start: int, length: int) -> int:
        """How many lessons of that bell schedule a meeting at that time cuts into."""
        if not bell:
            return 0
        table = self._tables.get((bell, length))
        if table is None:
            table = self._tables[bell, length] = [0] * self.line.end
            for first, end in self.lessons.get(bell, ()):
                for at in range(max(0, first - length + 1), min(end, self.line.end)):
                    table[at] += 1
        return table[start]
