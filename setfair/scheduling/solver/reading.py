"""From JSON and back (the shape is described in docs/solver.md)."""

from __future__ import annotations

from typing import Any

from .grains import Line, of_spans
from .problem import Helper, Instance, Meeting, Person, Placed, Room, Weights


class Unreadable(ValueError):
    """What was given is no instance; says where."""


def read(data: dict[str, Any]) -> Instance:
    try:
        return _read(data)
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise Unreadable(f"{type(wrong).__name__}: {wrong}") from wrong


def _read(data: dict[str, Any]) -> Instance:
    line = Line.of(data["days"], data["weeks"])
    if len(data["days"]) != len(data["weeks"]):
        raise ValueError("each day needs its week")
    always = (1 << line.end) - 1
    instance = Instance(
        line=line,
        windows=[(a, b) for a, b in data["windows"]],
        lessons={name: [(a, b) for a, b in spans] for name, spans in data.get("lessons", {}).items()},
        people={
            row["id"]: Person(row["id"], of_spans(row["free"]), row.get("lessons", ""), of_spans(row.get("reluctant", ()))) for row in data["people"]
        },
        helpers={row["id"]: _helper(row) for row in data.get("helpers", ())},
        rooms={row["id"]: _room(row, always) for row in data["rooms"]},
        meetings={row["id"]: _meeting(row) for row in data["meetings"]},
        placed=[Placed(row["meeting"], row["start"], row["room"], tuple(row.get("helpers", ()))) for row in data.get("placed", ())],
        starts=of_spans(data.get("starts", ())),
        weights=Weights(**data.get("weights", {})),
    )
    for meeting in instance.meetings.values():
        for named, known in ((meeting.people, instance.people), (meeting.helpers, instance.helpers), (meeting.rooms, instance.rooms)):
            for name in named:
                if name not in known:
                    raise KeyError(f"{name}, named by meeting {meeting.id}")
    for placed in instance.placed:
        if placed.meeting not in instance.meetings or placed.room not in instance.rooms or set(placed.helpers) - set(instance.helpers):
            raise KeyError(f"what is placed for {placed.meeting}")
    return instance


def _helper(row: dict[str, Any]) -> Helper:
    speaks, cap, had = frozenset(row.get("speaks", ())), row.get("cap", 10**6), dict(row.get("had", ()))
    return Helper(row["id"], row["kind"], of_spans(row["free"]), row.get("lessons", ""), speaks, cap, row.get("load", 0), had)


def _room(row: dict[str, Any], always: int) -> Room:
    free = of_spans(row["free"]) if "free" in row else always
    return Room(row["id"], row["seats"], free, row.get("turnaround", 0), row.get("way", 0))


def _meeting(row: dict[str, Any]) -> Meeting:
    return Meeting(
        id=row["id"],
        people=tuple(row["people"]),
        grains=row["grains"],
        first_day=row["first_day"],
        last_day=row["last_day"],
        helpers=tuple(row.get("helpers", ())),
        rooms=tuple(row["rooms"]),
        team=tuple(sorted((kind, number) for kind, number in row.get("team", {}).items())),
        language=row.get("language", ""),
        seats=row.get("seats", 0),
        priority=row.get("priority", 1),
    )


def written(placed: Placed) -> dict[str, Any]:
    return {"meeting": placed.meeting, "start": placed.start, "room": placed.room, "helpers": list(placed.helpers)}
