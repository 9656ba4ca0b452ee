"""Small terms of every shape, for the check: two to eight meetings that fight for few people, helpers and rooms."""

from __future__ import annotations

import random
from typing import Any


def small(seed: int, *, meetings: int | None = None, tight: bool = False) -> dict[str, Any]:
    """Days and windows of uneven length, caps, turnarounds, languages, rooms that close, people who sit in several meetings, turns from before."""
    dice = random.Random(f"small/{seed}/{tight}")
    days = [dice.randint(8, 14) for _day in range(dice.randint(2, 5))]
    end, firsts = sum(days), [sum(days[:day]) for day in range(len(days))]
    windows = []
    for first, length in zip(firsts, days, strict=True):
        begins = first + dice.randint(0, 3)
        windows.append([begins, min(first + length, begins + dice.randint(3, 7))])
        if dice.random() < 0.5:
            windows.append([first + length - dice.randint(3, 5), first + length])
    often = 0.45 if tight else 0.75

    def free(share: float = often) -> list[list[int]]:
        return [[at, min(at + dice.randint(2, 6), end)] for at in range(0, end, 3) if dice.random() < share]

    people = [
        {"id": f"p{n}", "free": _merged(free(0.55 if tight else 0.85)), "lessons": dice.choice(["", "A", "B"]), "reluctant": _merged(free(0.1))}
        for n in range(dice.randint(4, 12))
    ]
    helpers = [
        {
            "id": f"h{n}", "kind": "staff" if n < 2 else "student", "free": _merged(free()), "lessons": dice.choice(["", "A"]),
            "cap": dice.choice([1, 2, 3]), "speaks": ["en"] + (["ar"] if dice.random() < 0.4 else []), "load": dice.randint(0, 3),
        }
        for n in range(dice.randint(4, 7))
    ]  # fmt: skip
    rooms = [
        {"id": f"r{n}", "seats": dice.choice([6, 9]), "turnaround": dice.choice([0, 1, 2]), "way": dice.choice([0, 0, 2])}
        for n in range(dice.choice([1, 2]))
    ]
    if dice.random() < 0.3:
        rooms[0]["free"] = _merged(free(0.9))
    many = meetings or dice.randint(2, 8)
    return {
        "days": days, "weeks": [day // 3 for day in range(len(days))], "windows": windows, "people": people, "helpers": helpers, "rooms": rooms,
        "lessons": {name: [[at, min(at + 4, end)] for at in range(shift, end, 5)] for name, shift in (("A", 0), ("B", 2))},
        "meetings": [_meeting(f"m{n}", dice, len(days), people, helpers, rooms) for n in range(many)],
    }  # fmt: skip


def _meeting(name: str, dice: random.Random, days: int, people: list[Any], helpers: list[Any], rooms: list[Any]) -> dict[str, Any]:
    first = dice.randint(0, days // 2)
    some = dice.sample(people, dice.randint(2, min(4, len(people))))
    return {
        "id": name, "people": [one["id"] for one in some], "grains": dice.choice([2, 2, 3, 4]),
        "first_day": first, "last_day": dice.randint(first, days - 1),
        "helpers": [one["id"] for one in helpers if dice.random() < 0.9], "rooms": [one["id"] for one in rooms], "team": {"staff": 1, "student": 2},
        "language": dice.choice(["en", "en", "ar", ""]), "seats": dice.choice([5, 7]), "priority": dice.randint(1, 3),
    }  # fmt: skip


def _merged(spans: list[list[int]]) -> list[list[int]]:
    """Spans that overlap or touch made one, so that being free from end to end is seen hour by hour and span by span alike."""
    found: list[list[int]] = []
    for first, end in spans:
        if found and first <= found[-1][1]:
            found[-1][1] = max(end, found[-1][1])
        elif first < end:
            found.append([first, end])
    return found
