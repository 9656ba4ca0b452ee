"""What is taken already, by whom: one mask each for people, helpers and rooms."""

from __future__ import annotations

from collections import defaultdict

from .grains import span
from .problem import Helper, Instance, Placed, Room


class Diary:
    """Everything that is placed. `put` and `take` keep it right; nothing is searched for here.

    `taken` may also be told directly of hours that nobody planned here (a seat at
    another meeting): it is by the id of a person, a helper or a room.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.taken: defaultdict[str, int] = defaultdict(int)
        self.turns: dict[str, int] = {}
        self.of_week: dict[tuple[str, int], int] = defaultdict(int)
        self.full: dict[str, int] = defaultdict(int)
        for helper in instance.helpers.values():
            for week, number in helper.had.items():
                self.of_week[helper.id, week] = number
                self._cap(helper, week)
        for placed in instance.placed:
            self.put(placed)

    def put(self, placed: Placed) -> None:
        self._mark(placed, 1)

    def take(self, placed: Placed) -> None:
        self._mark(placed, -1)

    def turns_of(self, helper: Helper) -> int:
        return helper.load + self.turns.get(helper.id, 0)

    def free_of(self, helper: Helper) -> int:
        """Where they are free: by their own word, not at another meeting, and not in a week in which it was their turn often enough."""
        return helper.free & ~self.taken[helper.id] & ~self.full[helper.id]

    def free_room(self, room: Room) -> int:
        """Where a meeting may be held in the room: it is free, and the turnaround of what is there before and after is kept."""
        line, taken = self.instance.line, self.taken[room.id]
        for _grain in range(room.turnaround):
            taken |= (taken << 1) & ~line.dawns | (taken & ~line.dawns) >> 1
        return room.free & ~taken

    def _mark(self, placed: Placed, by: int) -> None:
        line, meeting = self.instance.line, self.instance.meetings[placed.meeting]
        during, week = span(placed.start, placed.start + meeting.grains), line.week(placed.start)
        for what in (*meeting.people, *placed.helpers, placed.room):
            self.taken[what] = self.taken[what] | during if by > 0 else self.taken[what] & ~during
        for who in placed.helpers:
            self.turns[who] = self.turns.get(who, 0) + by
            self.of_week[who, week] += by
            self._cap(self.instance.helpers[who], week)

    def _cap(self, helper: Helper, week: int) -> None:
        whole = self.instance.line.of_week(week)
        if self.of_week[helper.id, week] >= helper.cap:
            self.full[helper.id] |= whole
        else:
            self.full[helper.id] &= ~whole
