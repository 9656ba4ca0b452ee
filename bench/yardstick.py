"""The most that a term can hold and the least that it can cost, by an exact solver that knows nothing of our search.

    pip install --group yardstick
    python -m bench.yardstick L 1 --seconds 20

It says, heap by heap of meetings that share nobody, how many can be placed at most and what they cost at least, as CP-SAT proves it
in so many seconds for each heap and each of the two questions, and writes the sums to bench/yardsticks.json. The figures read them
there; CP-SAT itself is part of no installation and of no figure.

The model is one of hours: one variable for each meeting, helper and grain, which is 1 where that helper holds that meeting from then
on. All rules are sums of these, and the price of a helper's next turn rises by steps, so that no product and no large number stands in it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import ceil, floor
from typing import Any

import ortools
from ortools.sat.python import cp_model

from bench.solver_terms import term
from bench.solver_yardsticks import KEPT, kept
from setfair.scheduling.solver.batch import heaps
from setfair.scheduling.solver.grains import bits, starts
from setfair.scheduling.solver.problem import Instance, Meeting
from setfair.scheduling.solver.reading import read

Sum = Any
"""A linear expression of the model."""


@dataclass(frozen=True)
class Answer:
    """`best` is the best that was found, `bound` what nothing can better; they are one where it is proven."""

    best: int
    bound: int


class Model:
    """One heap of meetings. `placed` counts those with a time, `cost` is what the plan costs."""

    def __init__(self, instance: Instance, meetings: list[Meeting]) -> None:
        self.instance, self.cp = instance, cp_model.CpModel()
        self.placed: list[Sum] = []
        self.costs: list[Sum] = []
        self.held: dict[tuple[str, int], list[Sum]] = defaultdict(list)
        self.in_week: dict[tuple[str, int], list[Sum]] = defaultdict(list)
        self.turns: dict[str, list[Sum]] = defaultdict(list)
        shared = self._shared(meetings)
        for one in meetings:
            self._meeting(one, shared)
        for some in self.held.values():
            self.cp.add_at_most_one(some)
        for (who, _week), some in self.in_week.items():
            if len(some) > instance.helpers[who].cap:
                self.cp.add(sum(some) <= instance.helpers[who].cap)
        for who, some in self.turns.items():
            self._turns(who, some)

    def most(self, seconds: float) -> Answer:
        self.cp.maximize(sum(self.placed))
        return self._solved(seconds, floor)

    def least(self, seconds: float) -> Answer:
        self.cp.minimize(sum(self.costs))
        return self._solved(seconds, ceil)

    def _shared(self, meetings: list[Meeting]) -> set[str]:
        seen: set[str] = set()
        return {who for one in meetings for who in one.people if who in seen or seen.add(who)}  # type: ignore[func-returns-value]

    def _meeting(self, one: Meeting, shared: set[str]) -> None:
        instance, weights = self.instance, self.instance.weights
        begins = []
        for at in bits(self._can(one)):
            here = self.cp.new_bool_var("")
            if self._room(one, at, here) and self._team(one, at, here):
                begins.append(here)
                for who in shared.intersection(one.people):
                    self._hold(who, at, one.grains, here)
                cost = weights.day * (instance.line.day(at) - one.first_day)
                cost += weights.lesson * sum(instance.missed(instance.people[who].lessons, at, one.grains) for who in one.people)
                self.costs.append(cost * here)
            else:
                self.cp.add(here == 0)
        self.cp.add_at_most_one(begins)
        self.placed += begins
        self.costs.append(weights.left_out * one.priority * (1 - sum(begins)))

    def _can(self, one: Meeting) -> int:
        left = self.instance.line.between(one.first_day, one.last_day)
        for who in one.people:
            left &= self.instance.people[who].free
        return starts(left, one.grains) & self.instance.in_windows(one.grains)

    def _room(self, one: Meeting, at: int, here: Sum) -> bool:
        """Some room that is large enough; after it nobody comes in until the turnaround is over, or the day."""
        line, found = self.instance.line, []
        for room in (self.instance.rooms[name] for name in one.rooms):
            if room.seats >= one.seats and starts(room.free, one.grains) >> at & 1:
                found.append(self.cp.new_bool_var(""))
                last = line.firsts[line.day(at) + 1]
                self._hold(room.id, at, min(at + one.grains + room.turnaround, last) - at, found[-1])
        self.cp.add(sum(found) == here)
        return bool(found)

    def _team(self, one: Meeting, at: int, here: Sum) -> bool:
        instance, speak = self.instance, []
        for kind, wanted in one.team:
            able = [h for name in one.helpers if (h := instance.helpers[name]).kind == kind and starts(h.free, one.grains) >> at & 1]
            if len(able) < wanted:
                return False
            sits = {h.id: self.cp.new_bool_var("") for h in able}
            self.cp.add(sum(sits.values()) == wanted * here)
            for h in able:
                self._hold(h.id, at, one.grains, sits[h.id])
                self.in_week[h.id, instance.line.week(at)].append(sits[h.id])
                self.turns[h.id].append(sits[h.id])
                if missed := instance.missed(h.lessons, at, one.grains):
                    self.costs.append(instance.weights.lesson * missed * sits[h.id])
                if one.language in h.speaks:
                    speak.append(sits[h.id])
        if one.language and speak:
            self.cp.add(sum(speak) >= here)
        return bool(speak) or not one.language

    def _hold(self, what: str, at: int, grains: int, if_so: Sum) -> None:
        for grain in range(at, at + grains):
            self.held[what, grain].append(if_so)

    def _turns(self, who: str, some: list[Sum]) -> None:
        """The n-th turn costs 2n - 1 more than the turns before it, so that the cheaper steps are taken first by themselves."""
        helper, line = self.instance.helpers[who], self.instance.line
        most = min(len(some), helper.cap * len(set(line.weeks)))
        steps = [self.cp.new_bool_var("") for _turn in range(most)]
        self.cp.add(sum(steps) == sum(some))
        self.costs += [self.instance.weights.turn * (2 * (helper.load + n) + 1) * step for n, step in enumerate(steps)]

    def _solved(self, seconds: float, whole: Callable[[float], int]) -> Answer:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds, solver.parameters.num_workers, solver.parameters.random_seed = seconds, 1, 1
        solver.parameters.linearization_level = 2
        if solver.solve(self.cp) == cp_model.UNKNOWN:
            raise SystemExit(f"Nothing was found in {seconds:g} s for some heap: give it more --seconds.")
        return Answer(round(solver.objective_value), whole(round(solver.best_objective_bound, 4)))


def both(instance: Instance, only: str, seconds: float, meetings: list[Meeting]) -> dict[str, Answer]:
    ask = {"placed": Model.most, "cost": Model.least}
    return {name: ask[name](Model(instance, meetings), seconds) for name in ([only] if only else ask)}


def measured(size: str, seed: int, seconds: float, only: str, processes: int) -> dict[str, Any]:
    instance, began = read(term(size, seed)), time.monotonic()
    parts = heaps(instance)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with ProcessPoolExecutor(processes) as pool:
        for number, found in enumerate(pool.map(partial(both, instance, only, seconds), parts), 1):
            for name, answer in found.items():
                sums[name] = [sums[name][0] + answer.best, sums[name][1] + answer.bound]
            print(f"{number} of {len(parts)} heaps, {time.monotonic() - began:.0f} s: {_said(sums)}", flush=True)
    return {name: {"best": best, "bound": bound} for name, (best, bound) in sums.items()} | {
        "by": f"CP-SAT {ortools.__version__}, {seconds:g} s for each of {len(parts)} heaps",
    }


def _said(sums: Iterable[Any]) -> str:
    return ", ".join(f"{name} {best:,} found, {bound:,} proven" for name, (best, bound) in dict(sums).items())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.yardstick", description="What nothing can better, for one invented term.")
    parser.add_argument("size", choices=["S", "M", "L", "XL"])
    parser.add_argument("seed", type=int)
    parser.add_argument("--seconds", type=float, default=20.0, help="for each heap and question")
    parser.add_argument("--only", choices=["placed", "cost"], default="")
    parser.add_argument("--processes", type=int, default=2)
    said = parser.parse_args()
    found = measured(said.size, said.seed, said.seconds, said.only, said.processes)
    name = f"{said.size} {said.seed}"
    KEPT.write_text(json.dumps(dict(sorted((kept() | {name: kept().get(name, {}) | found}).items())), indent=1) + "\n")


if __name__ == "__main__":
    main()
