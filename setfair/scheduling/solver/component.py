"""Meetings that can get in each other's way, and the plan they have now; whatever shares nothing is planned apart.

Helpers, rooms and the people of more than one meeting are the bits of one number here,
so that who is free for a meeting at a grain is three operations: what could be, less
what is taken. `put` and `take` are undone by each other.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from .grains import bits, span, starts
from .problem import Helper, Instance, Meeting, Placed, Room


@dataclass(frozen=True)
class Put:
    """A meeting as it stands in the plan: `team` are helpers by number, `mask` holds them and the shared people, `room` is a bit."""

    meeting: int
    cost: int
    start: int
    week: int
    team: tuple[int, ...]
    mask: int
    room: int


class Component:
    def __init__(self, instance: Instance, meetings: list[Meeting], shared: set[str], pinned: Mapping[str, Placed]) -> None:
        self.instance, self.meetings = instance, meetings
        self.weights = instance.weights
        self._number(shared)
        self._tables()
        self._options()
        self.left_out = [self.weights.left_out * one.priority for one in meetings]
        self.plan: list[Put | None] = [None] * len(meetings)
        self.cost = sum(self.left_out)
        self.pinned = {number for number, one in enumerate(meetings) if one.id in pinned}
        for number in self.pinned:
            self.put(self._read(number, pinned[meetings[number].id]))
        for number in set(range(len(meetings))) - self.pinned:
            self.options[number] = [one for one in self.options[number] if self._could(number, one[1])]
        self.open = [number for number in range(len(meetings)) if number not in self.pinned and self.options[number]]

    def best(self, number: int, chance: random.Random | None = None, blinks: float = 0.0) -> Put | None:
        """The cheapest place for a meeting as things stand, if it costs less than leaving it out; with blinks, now and then not quite that."""
        length = self.lengths[number]
        avail, taken = self.avail[length], self.taken[length]
        price, missed, full, allowed, needed = self.price, self.missed[length], self.full, self.allowed[number], self.needed[number]
        rooms, ways, teams, speakers = self.room_bits[number], self.ways, self.teams[number], self.speakers[number]
        least, found, dearest = self._least(number), None, self.left_out[number]
        for cost, start, week in self.options[number]:
            if cost + least >= dearest:
                break
            blocked = taken[start]
            if needed & blocked or (blinks and chance is not None and chance.random() < blinks):
                continue
            free = avail[start] & allowed & ~(blocked | full[week])
            room = free & rooms
            if not room:
                continue
            cost += ways[room & -room]
            lost, total, chosen, change, swap = missed.get(start), cost, [], dearest, None
            for kind, wanted in teams:
                some, able = free & kind, []
                while some:
                    bit = some & -some
                    some ^= bit
                    one = bit.bit_length() - 1
                    able.append((price[one] + lost[one] if lost else price[one], one))
                if len(able) < wanted:
                    break
                able.sort()
                for its, one in able[:wanted]:
                    total += its
                    chosen.append(one)
                if speakers:
                    for its, one in able:
                        if speakers >> one & 1:
                            if its - able[wanted - 1][0] < change:
                                change, swap = its - able[wanted - 1][0], (able[wanted - 1][1], one)
                            break
            else:
                if speakers and not any(speakers >> one & 1 for one in chosen):
                    if swap is None:
                        continue
                    total += change
                    chosen = [swap[1] if one == swap[0] else one for one in chosen]
                if total < dearest:
                    dearest, found = total, (cost, start, week, chosen, room & -room)
        if found is None:
            return None
        cost, start, week, chosen, bit = found
        mask = needed
        for one in chosen:
            mask |= 1 << one
        return Put(number, cost, start, week, tuple(chosen), mask, bit)

    def put(self, one: Put) -> None:
        self.plan[one.meeting] = one
        self._block(one)
        length, caps = self.lengths[one.meeting], self.caps
        lost = self.missed[length].get(one.start)
        self.cost += one.cost - self.left_out[one.meeting]
        for who in one.team:
            self.cost += self.price[who] + (lost[who] if lost else 0)
            self.price[who] += self.step
            count = self.in_week[who][one.week] = self.in_week[who][one.week] + 1
            if count >= caps[who]:
                self.full[one.week] |= 1 << who
        self.on_day[self.day[one.start]].append(one)

    def take(self, one: Put) -> None:
        self.plan[one.meeting] = None
        length = self.lengths[one.meeting]
        lost = self.missed[length].get(one.start)
        self.cost -= one.cost - self.left_out[one.meeting]
        for who in one.team:
            self.price[who] -= self.step
            self.cost -= self.price[who] + (lost[who] if lost else 0)
            self.in_week[who][one.week] -= 1
            if self.in_week[who][one.week] < self.caps[who]:
                self.full[one.week] &= ~(1 << who)
        others = self.on_day[self.day[one.start]]
        others.remove(one)
        self._free(one)
        for other in others:
            if other.mask & one.mask or other.room == one.room:
                self._block(other)

    def placed(self) -> list[Placed]:
        names = self.names
        return [
            Placed(self.meetings[one.meeting].id, one.start, names[one.room.bit_length() - 1], tuple(names[who] for who in one.team))
            for one in self.plan
            if one is not None
        ]

    def _could(self, number: int, start: int) -> bool:
        """Whether a room and a team would be there if nothing else were planned."""
        there, speakers = self.avail[self.lengths[number]][start] & self.allowed[number], self.speakers[number]
        enough = all((there & some).bit_count() >= wanted for some, wanted in self.teams[number])
        return enough and bool(there & self.room_bits[number]) and (not speakers or bool(there & speakers))

    def _least(self, number: int) -> int:
        price, least = self.price, 0
        for some, wanted in self.crews[number]:
            if wanted == 1:
                least += min([price[who] for who in some], default=0)
            else:
                least += sum(sorted([price[who] for who in some])[:wanted])
        return least

    def _block(self, one: Put) -> None:
        mask, room, start = one.mask | one.room, one.room, one.start
        own, turn = self.lengths[one.meeting], self.turnaround[room]
        dawn, dusk = self.edges[self.day[start]]
        for length, taken in self.taken.items():
            for at in range(start - length + 1 if start - length + 1 > dawn else dawn, start + own):
                taken[at] |= mask
            for at in range(max(dawn, start - length - turn + 1), start - length + 1):
                taken[at] |= room
            for at in range(start + own, min(dusk, start + own + turn)):
                taken[at] |= room

    def _free(self, one: Put) -> None:
        clear, start = ~(one.mask | one.room), one.start
        own, turn = self.lengths[one.meeting], self.turnaround[one.room]
        dawn, dusk = self.edges[self.day[start]]
        for length, taken in self.taken.items():
            for at in range(max(dawn, start - length - turn + 1), min(dusk, start + own + turn)):
                taken[at] &= clear

    def _number(self, shared: set[str]) -> None:
        """Rooms get the lowest bits among rooms as they are wanted: the nearest, then the smallest that will do."""
        instance, meetings = self.instance, self.meetings
        wanted = {kind for one in meetings for kind, _number in one.team}
        helpers = sorted({name for one in meetings for name in one.helpers if instance.helpers[name].kind in wanted})
        rooms = sorted(
            {name for one in meetings for name in one.rooms}, key=lambda name: (instance.rooms[name].way, instance.rooms[name].seats, name)
        )
        people = sorted({name for one in meetings for name in one.people if name in shared})
        self.names = [*helpers, *rooms, *people]
        self.bit = {name: 1 << number for number, name in enumerate(self.names)}
        self.number = {name: number for number, name in enumerate(self.names)}
        self.crew = [instance.helpers[name] for name in helpers]
        self.all_rooms = [instance.rooms[name] for name in rooms]
        self.turnaround = {self.bit[room.id]: room.turnaround for room in self.all_rooms}
        self.ways = {self.bit[room.id]: room.way for room in self.all_rooms}
        self.step = 2 * self.weights.turn
        self.price = [self.weights.turn * (2 * one.load + 1) for one in self.crew]
        self.caps = [one.cap for one in self.crew]
        weeks = sorted(set(instance.line.weeks))
        self.in_week = [dict.fromkeys(weeks, 0) | dict(one.had) for one in self.crew]
        self.full = {week: sum(self.bit[one.id] for one in self.crew if one.cap <= one.had.get(week, 0)) for week in weeks}

    def _tables(self) -> None:
        instance, line = self.instance, self.instance.line
        self.lengths = [one.grains for one in self.meetings]
        self.day = [day for day, (first, end) in enumerate(line.spans) for _grain in range(first, end)]
        self.edges = list(line.spans)
        self.on_day: list[list[Put]] = [[] for _day in line.spans]
        self.avail: dict[int, list[int]] = {}
        self.taken: dict[int, list[int]] = {}
        self.missed: dict[int, dict[int, list[int]]] = {}
        lessons = sorted({one.lessons for one in self.crew if one.lessons})
        for length in sorted(set(self.lengths)):
            avail, open_at = [0] * line.end, instance.in_windows(length)
            sources: list[Helper | Room] = [*self.crew, *self.all_rooms]
            for one in sources:
                bit = self.bit[one.id]
                for start in bits(starts(one.free, length) & open_at):
                    avail[start] |= bit
            self.avail[length], self.taken[length] = avail, [0] * line.end
            self.missed[length] = {}
            for start in bits(open_at):
                lost = {bell: self.weights.lesson * instance.missed(bell, start, length) for bell in lessons} | {"": 0}
                if any(lost.values()):
                    self.missed[length][start] = [lost[one.lessons] for one in self.crew]

    def _options(self) -> None:
        instance = self.instance
        self.options: list[list[tuple[int, int, int]]] = []
        self.allowed: list[int] = []
        self.needed: list[int] = []
        self.room_bits: list[int] = []
        self.teams: list[list[tuple[int, int]]] = []
        self.crews: list[list[tuple[list[int], int]]] = []
        self.speakers: list[int] = []
        for one in self.meetings:
            self.options.append(self._times(one))
            kinds = [
                (sum(self.bit[name] for name in one.helpers if instance.helpers[name].kind == kind), wanted) for kind, wanted in one.team if wanted
            ]
            rooms = sum(self.bit[name] for name in one.rooms if instance.rooms[name].seats >= one.seats)
            self.needed.append(sum(self.bit[name] for name in one.people if name in self.bit))
            self.teams.append(kinds)
            self.crews.append([(list(bits(some)), wanted) for some, wanted in kinds])
            self.room_bits.append(rooms)
            everyone = sum(some for some, _wanted in kinds)
            self.allowed.append(everyone | rooms)
            speak = sum(self.bit[name] for name in one.helpers if self.bit.get(name, 0) & everyone and one.language in instance.helpers[name].speaks)
            self.speakers.append(0 if not one.language or speak == everyone else speak)
            if one.language and not speak:
                self.options[-1] = []

    def _times(self, one: Meeting) -> list[tuple[int, int, int]]:
        instance, weights, line, length = self.instance, self.weights, self.instance.line, one.grains
        left = starts(line.between(one.first_day, one.last_day), 1)
        people = [instance.people[name] for name in one.people]
        for person in people:
            left &= person.free
        left = starts(left, length) & instance.in_windows(length) & instance.begins(length)
        found = []
        for start in bits(left):
            missed = sum(instance.missed(person.lessons, start, length) for person in people if person.lessons)
            during = span(start, start + length)
            reluctant = sum(1 for person in people if person.reluctant & during)
            day = self.day[start]
            found.append((weights.day * (day - one.first_day) + weights.lesson * missed + weights.if_needed * reluctant, start, line.weeks[day]))
        return sorted(found)

    def _read(self, number: int, placed: Placed) -> Put:
        team, needed = tuple(self.number[who] for who in placed.helpers), self.needed[number]
        mask = needed | sum(1 << who for who in team)
        cost = next((cost for cost, start, _week in self.options[number] if start == placed.start), 0)
        return Put(
            number, cost + self.ways[self.bit[placed.room]], placed.start, self.instance.line.week(placed.start), team, mask, self.bit[placed.room]
        )
