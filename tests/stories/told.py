"""A case as it is told in a file: who is in it, what happens, and what must be seen. Names, ages and the order of the people come from a seed.

The files stand in `cases/`. A step is a list: what is done, then with whom or what; in
every word `{key}` stands for the name of the person with that key. Nothing in a file
names a row of a database, and nothing in the code names a case.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from setfair.village.cast import FIRST, LAST, Someone

HERE = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in HERE.glob("*.toml"))
AGES = {"grown": (19, 70), "young": (13, 16)}
OF_AGE = 18


@dataclass(frozen=True)
class Told:
    """One case with its people named. `steps` have their names filled in where they are words, and keys where they are people."""

    name: str
    title: str
    programme: str
    people: tuple[Someone, ...]
    steps: tuple[tuple[str, ...], ...]
    birthdays: dict[str, date]
    """When those turn 18 who are about to."""

    @property
    def checks(self) -> int:
        return sum(step[0].startswith("then ") for step in self.steps)


def told(name: str, seed: int, today: date) -> Told:
    """The case of this name as it begins on this day. With another seed the same things happen to others, who joined in another order."""
    written = tomllib.loads((HERE / f"{name}.toml").read_text())
    dice = Random(f"{name} {seed}")
    first, last = dice.sample(FIRST, len(written["people"])), dice.sample(LAST, len(written["people"]))
    names = {key: f"{first[n]} {last[n]}" for n, key in enumerate(written["people"])}
    birthdays = {key: today + timedelta(days=said["turns_18_in"]) for key, said in written["people"].items() if "turns_18_in" in said}
    people = tuple(_someone(key, said, names[key], today, birthdays.get(key), dice) for key, said in written["people"].items())
    calls = {one.key: one.first for one in people}
    steps = tuple(tuple(word.format(**calls) if "{" in word else word for word in step) for step in written["steps"])
    return Told(name, written["title"], written["programme"], _shuffled(people, dice), steps, birthdays)


def _someone(key: str, said: dict[str, Any], name: str, today: date, birthday: date | None, dice: Random) -> Someone:
    youngest, oldest = AGES[said.get("age", "grown")]
    born = birthday.year - OF_AGE if birthday is not None else today.year - dice.randint(youngest, oldest)
    return Someone(
        key, name, said["role"], called=name.split()[0], stands_by=said.get("with", ""), birth_year=born,
        guardian_needed=said.get("age") == "young" or birthday is not None, has_authority=said.get("decides", False),
        needs_interpreter=said.get("needs_interpreter", False),
    )  # fmt: skip


def _shuffled(people: tuple[Someone, ...], dice: Random) -> tuple[Someone, ...]:
    """In any order in which nobody comes before whom they stand by."""
    own = [one for one in people if not one.stands_by]
    others = [one for one in people if one.stands_by]
    dice.shuffle(own)
    dice.shuffle(others)
    return (*own, *others)
