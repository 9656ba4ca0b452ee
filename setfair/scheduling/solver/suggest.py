"""The best times for one meeting among all that is placed already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .diary import Diary
from .grains import bits, span, starts
from .needs import fitting
from .problem import Helper, Meeting, Person, Placed, Room


@dataclass(frozen=True)
class Choice:
    """A time with its room and helpers, and what it costs: what speaks against it, by name.

    `turns` are those that each helper had before; it is a `fair` one for who had no more than anybody of their kind who is free then.
    """

    placed: Placed
    cost: int
    waits: int
    misses: dict[str, int]
    reluctant: tuple[str, ...]
    turns: dict[str, int]
    fair: tuple[str, ...]
    way: int


def suggest(diary: Diary, meeting: Meeting, *, limit: int = 5, apart: Sequence[int] = ()) -> list[Choice]:
    """Up to `limit` times of least cost, exactly: each with its best team and room, the earlier first where they cost the same.

    `apart` holds masks of which each gives one time at most: a window of a day, so that
    five choices are five and not one that is moved by a quarter of an hour.
    """
    left, found = fitting(diary, meeting), list[tuple[int, int]]()
    if not left:
        return []
    crew = _Crew(diary, meeting)
    ranked = sorted((crew.at_time(start), start) for start in bits(left))
    for cost, start in ranked:
        if len(found) >= limit and not apart and cost + crew.least >= found[limit - 1][0]:
            break
        found.append((cost + crew.cost_of_team(start), start))
        found.sort()
    chosen: list[int] = []
    for _cost, start in found:
        if any(one >> start & 1 and any(one >> other & 1 for other in chosen) for one in apart):
            continue
        chosen.append(start)
        if len(chosen) == limit:
            break
    return [crew.choice(start) for start in chosen]


class _Crew:
    """Who could help at a meeting, and at what price."""

    def __init__(self, diary: Diary, meeting: Meeting) -> None:
        instance, length = diary.instance, meeting.grains
        self.diary, self.meeting, self.instance, self.weights = diary, meeting, instance, instance.weights
        self.people = [instance.people[name] for name in meeting.people]
        self.kinds = [
            (kind, number, [one for name in meeting.helpers if (one := instance.helpers[name]).kind == kind]) for kind, number in meeting.team
        ]
        everyone = [one for _kind, _number, some in self.kinds for one in some]
        self.can = {one.id: starts(diary.free_of(one), length) for one in everyone}
        self.price = {one.id: self.weights.turn * (2 * diary.turns_of(one) + 1) for one in everyone}
        large = (instance.rooms[name] for name in meeting.rooms if instance.rooms[name].seats >= meeting.seats)
        self.rooms = [(room, starts(diary.free_room(room), length)) for room in sorted(large, key=lambda room: (room.way, room.seats, room.id))]
        self.bells = sorted({one.lessons for one in everyone if one.lessons})
        self.least = sum(sum(sorted(self.price[one.id] for one in some)[:number]) for _kind, number, some in self.kinds)

    def at_time(self, start: int) -> int:
        """What the time costs, whoever helps."""
        waits = self.instance.line.day(start) - self.meeting.first_day
        missed: dict[str, int] = {}
        lost = 0
        for one in self.people:
            if one.lessons:
                if one.lessons not in missed:
                    missed[one.lessons] = self.instance.missed(one.lessons, start, self.meeting.grains)
                lost += missed[one.lessons]
        return self.weights.day * waits + self.weights.lesson * lost + self.weights.if_needed * len(self.reluctant(start)) + self.room(start).way

    def cost_of_team(self, start: int) -> int:
        return sum(self.cost_of(one, start) for one in self.team(start))

    def room(self, start: int) -> Room:
        return next(room for room, free in self.rooms if free >> start & 1)

    def reluctant(self, start: int) -> list[str]:
        during = span(start, start + self.meeting.grains)
        return [one.id for one in self.people if one.reluctant & during]

    def cost_of(self, helper: Helper, start: int) -> int:
        return self.price[helper.id] + self.weights.lesson * self.instance.missed(helper.lessons, start, self.meeting.grains)

    def team(self, start: int) -> list[Helper]:
        """The cheapest who are free then; where nobody among them speaks the language, the cheapest change that mends it."""
        missed = {bell: self.weights.lesson * self.instance.missed(bell, start, self.meeting.grains) for bell in self.bells} | {"": 0}
        language, chosen, change = self.meeting.language, [], None
        for _kind, number, some in self.kinds:
            able = sorted((self.price[one.id] + missed[one.lessons], one.id, one) for one in some if self.can[one.id] >> start & 1)
            mine = able[:number]
            speaker = next((one for one in able if language in one[2].speaks), None)
            if speaker is not None and mine and (change is None or speaker[0] - mine[-1][0] < change[0]):
                change = (speaker[0] - mine[-1][0], mine[-1][2], speaker[2])
            chosen += [one for _cost, _id, one in mine]
        if language and change is not None and not any(language in one.speaks for one in chosen):
            chosen = [change[2] if one is change[1] else one for one in chosen]
        return chosen

    def choice(self, start: int) -> Choice:
        team, room = self.team(start), self.room(start)
        everyone: list[Person | Helper] = [*self.people, *team]
        missed = {one.id: self.instance.missed(one.lessons, start, self.meeting.grains) for one in everyone}
        turns = {one.id: self.diary.turns_of(one) for one in team}
        return Choice(
            placed=Placed(self.meeting.id, start, room.id, tuple(one.id for one in team)),
            cost=self.at_time(start) + self.cost_of_team(start),
            waits=self.instance.line.day(start) - self.meeting.first_day,
            misses={who: number for who, number in missed.items() if number},
            reluctant=tuple(self.reluctant(start)),
            turns=turns,
            fair=tuple(one.id for one in team if turns[one.id] <= self._fewest(one.kind, start)),
            way=room.way,
        )

    def _fewest(self, kind: str, start: int) -> int:
        some: Iterable[Helper] = next(some for name, _number, some in self.kinds if name == kind)
        return min(self.diary.turns_of(one) for one in some if self.can[one.id] >> start & 1)
