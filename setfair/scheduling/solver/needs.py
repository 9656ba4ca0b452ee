"""A time fits exactly when every need is met there; each need is a mask over the grains at which the meeting could begin.

The times that fit are where all masks have a bit; what blocks is read from where they
have none. A team needs no more than these: enough of each kind are free, and somebody
free among them speaks the language, who can then always be one of those chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .diary import Diary
from .grains import at_least, starts
from .problem import Meeting


@dataclass(frozen=True, order=True)
class Need:
    """`kind` is window, period, away, busy, seats, room, helpers or language; `what` the person, the kind of helper or the language."""

    kind: str
    what: str = ""


def needs(diary: Diary, meeting: Meeting, among: int) -> Iterator[tuple[Need, int]]:
    """Each need with the grains of `among` at which it is met; the cheap ones first."""
    instance, length = diary.instance, meeting.grains
    yield Need("period"), among & instance.line.between(meeting.first_day, meeting.last_day)
    yield Need("window"), among & instance.in_windows(length)
    for who in meeting.people:
        yield Need("away", who), among & starts(instance.people[who].free, length)
        if taken := diary.taken.get(who, 0):
            yield Need("busy", who), among & starts(~taken, length)
    rooms = [instance.rooms[name] for name in meeting.rooms]
    large = [room for room in rooms if room.seats >= meeting.seats]
    if not large:
        yield Need("seats"), 0
    if large or not rooms:
        yield Need("room"), at_least(1, (starts(diary.free_room(room), length) for room in large), among)
    yield from _team(diary, meeting, among)


def fitting(diary: Diary, meeting: Meeting) -> int:
    """The grains at which everything is met."""
    left = diary.instance.begins(meeting.grains)
    for _need, met in needs(diary, meeting, left):
        left &= met
        if not left:
            break
    return left


def _team(diary: Diary, meeting: Meeting, among: int) -> Iterator[tuple[Need, int]]:
    instance, length = diary.instance, meeting.grains
    wanted = dict(meeting.team)
    chosen = [one for name in meeting.helpers if (one := instance.helpers[name]).kind in wanted]
    can = {one.id: starts(diary.free_of(one), length) for one in chosen}
    for kind, number in meeting.team:
        yield Need("helpers", kind), at_least(number, (can[one.id] for one in chosen if one.kind == kind), among)
    if meeting.language:
        yield Need("language", meeting.language), at_least(1, (can[one.id] for one in chosen if meeting.language in one.speaks), among)
