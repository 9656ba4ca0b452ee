"""Invented terms of conferences, as JSON that the solver reads.

    python -m bench.solver_terms M 1 > term.json     S 10 conferences in 1 school, M 100 in 5, L 1,000 in 50, XL 10,000 in 200

A school day is 40 grains of a quarter of an hour, from eight. Conferences are held on Tuesday mornings, at lunch and after school; four to ten people
each, one of staff and two students to help, one of whom speaks the language. The same size and seed are the same term, grain by grain, as those for
which the best plans are known (docs/solver.md): each draw is made in the same order, which is why the functions below ask the dice where they do.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass, field
from typing import Any

GRAINS = 40
WEEK = 5
SIZES = {"S": (10, 1, 2), "M": (100, 5, 4), "L": (1000, 50, 4), "XL": (10000, 200, 6)}
TONGUES = ("en", "es", "ar", "uk")
MORNING, LUNCH, AFTER = (0, 8), (15, 21), (29, 37)
LESSONS = {"A": ((0, 4), (4, 8), (18, 21)), "B": ((0, 4), (4, 8), (15, 18))}
"""Who eats first has a lesson in the second half of lunch, and the other way round."""


class Dice(random.Random):
    def often(self, share: float) -> bool:
        return self.random() < share


def _school_days(dice: Dice) -> list[tuple[int, int, int]]:
    week = [(day, 0, 28) for day in range(WEEK)]
    for day in range(WEEK):
        if dice.often(0.80):
            week.append((day, 28, 40 if dice.often(0.75) else 34))
    return week


def _teaching(dice: Dice) -> list[tuple[int, int, int]]:
    return _pieces(dice, lambda day: ((0.60, 0, 8), (0.88, 14, 22), (0.80, 28, 40)))


def _post(dice: Dice) -> list[tuple[int, int, int]]:
    return _pieces(dice, lambda day: ((0.93 if day == 1 else 0.6, 0, 10), (0.70, 14, 24), (0.62, 28, 40)))


def _parenting(dice: Dice) -> list[tuple[int, int, int]]:
    week = []
    for day in range(WEEK):
        if dice.often(0.60):
            week.append((day, 0, 9))
        if dice.often(0.62):
            week.append((day, 14, 22))
        if dice.often(0.80):
            week.append((day, 29 + dice.choice((0, 0, 0, 2)), 40))
    return week


def _pieces(dice: Dice, pieces: Any) -> list[tuple[int, int, int]]:
    return [(day, first, end) for day in range(WEEK) for share, first, end in pieces(day) if dice.often(share)]


def _exceptions(dice: Dice, days: int, share: float) -> list[tuple[int, int, int, bool]]:
    """Away for a day, away for two hours, or there after school when they otherwise are not."""
    found = []
    for day in range(days):
        fell = dice.random()
        if fell < share:
            found.append((day, 0, GRAINS, False))
        elif fell < 2 * share:
            first = dice.choice((0, 12, 28))
            found.append((day, first, first + 8, False))
        elif fell < 2.4 * share:
            found.append((day, 28, 40, True))
    return found


WEEKS_OF = {"student": _school_days, "teacher": _teaching, "parent": _parenting}


@dataclass
class School:
    many: int
    staff: list[str] = field(default_factory=list)
    students: list[str] = field(default_factory=list)
    helpers: list[str] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    counsel: list[str] = field(default_factory=list)


class Sowing:
    def __init__(self, size: str, seed: int) -> None:
        many, schools, weeks = SIZES[size]
        self.dice, self.weeks, self.days = Dice(f"{size}/{seed}"), weeks, weeks * WEEK
        self.people: list[dict[str, Any]] = []
        self.helpers: list[dict[str, Any]] = []
        self.rooms: list[dict[str, Any]] = []
        self.meetings: list[dict[str, Any]] = []
        self.schools = [School(many // schools + (number < many % schools)) for number in range(schools)]

    def term(self) -> dict[str, Any]:
        for school in self.schools:
            self.equip(school)
        for number in range(0, len(self.schools) - 1, 10):
            self.itinerant(self.schools[number], self.schools[number + 1])
        for school in self.schools:
            school.counsel = [self.person("teacher") for _one in range(3)]
        for school in self.schools:
            for _one in range(school.many):
                self.meeting(school)
        windows = [
            [day * GRAINS + first, day * GRAINS + end]
            for day in range(self.days)
            for first, end in ((MORNING,) if day % WEEK == 1 else ()) + (LUNCH, AFTER)
        ]
        lessons = {wave: [[day * GRAINS + a, day * GRAINS + b] for day in range(self.days) for a, b in spans] for wave, spans in LESSONS.items()}
        return {
            "days": [GRAINS] * self.days, "weeks": [day // WEEK for day in range(self.days)], "windows": windows, "lessons": lessons,
            "people": self.people, "helpers": self.helpers, "rooms": self.rooms, "meetings": self.meetings,
        }  # fmt: skip

    def person(self, kind: str) -> str:
        free = self.free(WEEKS_OF[kind](self.dice), _exceptions(self.dice, self.days, 0.03))
        wave = self.dice.choice("AB")
        if self.dice.often(0.2):
            self.dice.choice(TONGUES)
        self.people.append({"id": f"p{len(self.people)}", "free": free, "lessons": wave if kind == "student" else ""})
        return self.people[-1]["id"]

    def helper(self, kind: str, week: list[tuple[int, int, int]], away: float, speaks: Any, cap: int) -> str:
        free = self.free(week, _exceptions(self.dice, self.days, away))
        tongues = ["en", *speaks()]
        wave = self.dice.choice("AB") if kind == "student" else ""
        name = f"h{len(self.helpers)}"
        self.helpers.append({"id": name, "kind": kind, "free": free, "speaks": tongues, "cap": cap, "lessons": wave})
        return name

    def equip(self, school: School) -> None:
        dice = self.dice
        for _one in range(max(2, round(school.many / self.weeks / 4))):
            school.staff.append(self.helper("staff", _post(dice), 0.03, lambda: dice.sample(TONGUES[1:], dice.choice((0, 1, 1, 2))), 4))
        for _one in range(8 + school.many // self.weeks // 2):
            speaks = lambda: dice.sample(TONGUES[1:], 1) if dice.often(0.75) else []  # noqa: E731
            school.students.append(self.helper("student", _school_days(dice), 0.02, speaks, 2))
        school.helpers = school.staff + school.students
        for number in range(1 + (school.many // self.weeks > 7)):
            school.rooms.append(f"r{len(self.rooms)}")
            self.rooms.append({"id": school.rooms[-1], "seats": (14, 10)[number], "turnaround": 1})

    def itinerant(self, *schools: School) -> None:
        """One of staff who goes between two schools."""
        name = self.helper("staff", _post(self.dice), 0.02, lambda: ["es", "ar"], 10)
        for school in schools:
            school.staff.append(name)
            school.helpers.append(name)

    def meeting(self, school: School) -> None:
        dice = self.dice
        many = min(10, max(4, round(dice.gauss(5.6, 1.6))))
        people = [self.person("student"), self.person("student")]
        if dice.often(0.35):
            people.append(dice.choice(school.counsel))
        while len(people) < many:
            people.append(self.person(dice.choices(("student", "parent", "teacher"), (6, 3, 1))[0]))
        ready = int(dice.random() * max(1, self.days - 10))
        language = dice.choice(TONGUES[1:]) if dice.often(0.12) else "en"
        barred = dice.sample(school.students, min(len(school.students) - 4, dice.choice((0, 1, 2, 3, 5))))
        barred += [name for name in school.staff if dice.often(0.04)]
        grains = dice.choices((4, 5, 6, 8), (60, 15, 18, 7))[0]
        last = min(self.days - 1, ready + dice.choice((10, 12, 15, 20)))
        self.meetings.append({
            "id": f"m{len(self.meetings)}", "people": people, "grains": grains, "first_day": ready, "last_day": last,
            "priority": dice.choices((1, 2, 3), (70, 20, 10))[0], "language": language, "team": {"staff": 1, "student": 2},
            "helpers": [name for name in school.helpers if name not in barred], "rooms": school.rooms, "seats": many + 3,
        })  # fmt: skip

    def free(self, week: list[tuple[int, int, int]], exceptions: list[tuple[int, int, int, bool]]) -> list[list[int]]:
        """As spans; what is said of one day counts more than what is said of each week, and the later word more than the earlier."""
        there = [False] * (self.days * GRAINS)
        for day in range(self.days):
            for weekday, first, end in week:
                if weekday == day % WEEK:
                    there[day * GRAINS + first : day * GRAINS + end] = [True] * (end - first)
        for day, first, end, comes in exceptions:
            there[day * GRAINS + first : day * GRAINS + end] = [comes] * (end - first)
        edges = [at for at in range(len(there) + 1) if (at > 0 and there[at - 1]) != (at < len(there) and there[at])]
        return [list(pair) for pair in zip(edges[::2], edges[1::2], strict=True)]


def term(size: str, seed: int) -> dict[str, Any]:
    return Sowing(size, seed).term()


if __name__ == "__main__":
    json.dump(term(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1), sys.stdout)
