"""What nothing can better, for some invented terms: proven by `python -m bench.yardstick` and kept, or worked out at once, more coarsely.

python -m bench.solver_yardsticks XL 1     how many could have a time if nobody else had one
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.solver_terms import term
from setfair.scheduling.solver import Diary, Instance, Placed
from setfair.scheduling.solver.batch import heaps
from setfair.scheduling.solver.needs import fitting
from setfair.scheduling.solver.reading import read

KEPT = Path(__file__).parent / "yardsticks.json"


@dataclass(frozen=True)
class Yardstick:
    """No plan places more than `at_most`, and none costs less than `at_least`; 0, where nobody has proven a cost."""

    at_most: int
    at_least: int
    proven: bool


def kept() -> dict[str, Any]:
    return json.loads(KEPT.read_text()) if KEPT.exists() else {}


def yardstick(size: str, seed: int, instance: Instance) -> Yardstick:
    found = kept().get(f"{size} {seed}", {})
    alone = each_alone(instance)
    if not found:
        return Yardstick(alone, 0, proven=False)
    return Yardstick(min(alone, found["placed"]["bound"]), found["cost"]["bound"], proven=True)


def each_alone(instance: Instance) -> int:
    """How many could have a time if nobody else had one: no plan can place more."""
    nothing = Diary(replace(instance, placed=()))
    return sum(bool(fitting(nothing, one)) for one in instance.meetings.values())


def unfairness(instance: Instance, plan: Iterable[Placed], kind: str = "student") -> float:
    """How much dearer the turns of those who share a school are than if as many had been dealt out equally, all schools together (1 is equal).

    Turns are counted as squares, so that one who has four weighs as much as four who have two; whoever is never free counts, too.
    """
    turns, dealt, equal = Counter(who for one in plan for who in one.helpers), 0, 0
    for meetings in heaps(instance):
        mine = sorted({who for one in meetings for who in one.helpers if instance.helpers[who].kind == kind})
        many = sum(turns[who] for who in mine)
        if mine:
            each, more = divmod(many, len(mine))
            dealt += sum(turns[who] ** 2 for who in mine)
            equal += more * (each + 1) ** 2 + (len(mine) - more) * each**2
    return dealt / equal if equal else 1.0


if __name__ == "__main__":
    size, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
    given = read(term(size, seed))
    print(f"{size} {seed}: {each_alone(given):,} of {len(given.meetings):,} could have a time if nobody else had one")
