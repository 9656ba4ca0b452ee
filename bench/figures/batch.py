"""How many conferences of an invented term get a time, at what cost beside the least that is possible, how fairly, and in how many seconds.

What is possible at most is proven by another solver where `python -m bench.yardstick` was given the time (bench/yardsticks.json); for the
largest term it is how many could have a time if nobody else had one. FULL=1 adds the largest, and thirty seconds for a thousand.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from statistics import mean
from typing import Any

from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from bench.solver_terms import term
from bench.solver_yardsticks import Yardstick, unfairness, yardstick
from setfair.scheduling.solver import Placed, Weights, check, side_by_side
from setfair.scheduling.solver.reading import read, written


@dataclass(frozen=True)
class Aim:
    """So many placed, or all that can be where `placed` is 0; `over` is the share of the least cost that a plan may cost more."""

    size: str
    seconds: float
    over: float = 0.0
    seed: int = 1
    placed: int = 0
    processes: int = 1

    @property
    def name(self) -> str:
        return f"{self.size} {self.seed} in {self.seconds:g} s"


SMALL = tuple(Aim("S", 1, seed=seed) for seed in (1, 2, 3)) + tuple(Aim("M", 5, 0.0004, seed=seed) for seed in (1, 2, 3))
AIMS = (*SMALL, Aim("L", 1.5, 0.01), Aim("L", 10, 0.0015))
FULL_AIMS = (*AIMS, Aim("L", 30, 0.0005), Aim("XL", 60, placed=9_300, processes=2))
FAIR = 1.05
"""How much dearer the turns of the students of a school may be than turns dealt out equally; not everyone is free equally often."""
PLANTS = (
    Plant("no-repair", "over the least"),
    Plant("one-too-many", "the check says"),
    Plant("leaves-some-out", "placed of"),
    Plant("never-asks-whose-turn", "times as unfair"),
)


@cache
def _given(size: str, seed: int) -> tuple[dict[str, Any], Yardstick]:
    given = term(size, seed)
    return given, yardstick(size, seed, read(given))


def _tried(aim: Aim, plant: str = "") -> tuple[str, list[str]]:
    """Seconds are those of the processor: on a machine that does other things too, the clock on the wall says more of them than of this."""
    given, least = _given(aim.size, aim.seed)
    instance, wall = read(given), time.monotonic()
    asked = replace(instance, weights=Weights(turn=0)) if plant == "never-asks-whose-turn" else instance
    plan = side_by_side(asked, processes=aim.processes, seconds=0.0 if plant == "no-repair" else aim.seconds, clock=time.process_time)
    wall = time.monotonic() - wall
    rows = [written(one) for one in plan.placed]
    if plant == "one-too-many":
        rows.append(rows[0] | {"meeting": plan.left_out(instance)[0]})
    if plant == "leaves-some-out":
        rows = rows[: len(rows) * 9 // 10]
    found = check(given, rows)
    over = found["cost"] / least.at_least - 1 if least.at_least else 0.0
    unfair, wanted = unfairness(instance, plan.placed), aim.placed or least.at_most
    faults = [f"the check says: {words}" for words in found["broken"][:1]]
    if found["placed"] < wanted:
        faults.append(f"{aim.name}: {found['placed']:,} placed of {wanted:,} that are wanted")
    if over > aim.over:
        faults.append(f"{aim.name}: {over:.3%} over the least")
    if unfair > FAIR:
        faults.append(f"{aim.name}: turns {unfair:.2f} times as unfair as dealt equally")
    return "  ".join((_placed(aim, least, found, over), _fair(plan.placed, unfair), _spent(aim, plan.rounds, wall))), faults


def _placed(aim: Aim, least: Yardstick, found: dict[str, Any], over: float) -> str:
    most = f"{found['placed'] / least.at_most:.1%} of the {least.at_most:,} {'proven' if least.proven else 'that could alone'}"
    gap = f"{over:.3%} over the least" if least.at_least else "the least is not known"
    return f"{aim.name:<14} {found['placed']:>5,} of {found['of']:>6,} placed, {most}; cost {found['cost']:,}, {gap};"


def _fair(plan: list[Placed], unfair: float) -> str:
    each = [sum(who in one.helpers for one in plan) for who in {who for one in plan for who in one.helpers}] if len(plan) < 2_000 else []
    turns = f", {min(each)} to {max(each)} turns each, {mean(each):.1f} in the mean" if each else ""
    return f"turns {unfair:.2f} times as if dealt equally{turns};"


def _spent(aim: Aim, rounds: int, wall: float) -> str:
    beside = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * aim.processes if aim.processes > 1 else 0
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + beside) // 1024
    return f"{rounds:,} rounds, {aim.processes} processes, {wall:.0f} s on the wall, {memory} MB"


def _measure() -> Result:
    faults, aims = [], FULL_AIMS if FULL else AIMS
    for aim in aims:
        line, found = _tried(aim)
        print(line, flush=True)
        faults += found
    for fault in faults:
        print(f"not met: {fault}")
    missed = {fault.partition(":")[0] for fault in faults}
    sizes = ", ".join(dict.fromkeys(f"{aim.size} {aim.seed}" for aim in aims))
    return Result(
        str(len(aims) - len(missed)),
        f"of {len(aims)} aims met, in seconds of the processor",
        not faults,
        n=f"{sizes}; three terms of S and M",
        seed=1,
    )


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: _tried(Aim("M", 5, 0.0004), plant)[1])


FIGURE = Figure(
    name="batch",
    says="a term planned at once: conferences that get a time, the cost beside the least that is possible, and how fairly turns are dealt out",
    goal=f"all of S, M, L; over the least: M 0.04% in 5 s, L 1% in 1.5 s, 0.15% in 10 s, 0.05% in 30 s; XL 9,300 in 60 s of two; turns {FAIR}",
    measure=_measure,
    canary=_canary,
)
