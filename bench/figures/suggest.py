"""How long the five best times of one conference take among a year of bookings, and among ten times as many."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from bench.solver_terms import term
from setfair.scheduling.solver import Diary, Meeting, batch, check, suggest
from setfair.scheduling.solver.reading import read, written

TIMES = 2_000 if FULL else 400
LIMIT = 1.0
PLANTS = (Plant("looks-at-everything-twice", "over 1.0 ms"), Plant("forgets-what-is-booked", "the check says"))
SEED = 1


@dataclass(frozen=True)
class Found:
    bookings: int
    p50: float
    p95: float
    broken: list[str]


def _found(size: str, plant: str = "", times: int = TIMES) -> Found:
    """Each is asked for once, cold, of some that have a time: each is taken out, asked for, and put back."""
    given = term(size, SEED)
    instance = read(given)
    plan = batch(instance, seconds=0.0).placed
    diary = Diary(instance)
    for one in plan:
        diary.put(one)
    took, broken, checked = [], [], 20 if size == "L" else 1
    for one in random.Random(SEED).sample(plan, min(times, len(plan))):
        meeting: Meeting = instance.meetings[one.meeting]
        diary.take(one)
        asked = Diary(instance) if plant == "forgets-what-is-booked" else diary
        began = time.process_time()
        for _again in range(20 if plant == "looks-at-everything-twice" else 1):
            choices = suggest(asked, meeting)
        took.append((time.process_time() - began) * 1000)
        diary.put(one)
        if len(took) <= checked:
            rest = [written(other) for other in plan if other is not one]
            for choice in choices[:1]:
                broken += check(given, [*rest, written(choice.placed)])["broken"]
    took.sort()
    return Found(len(plan), took[len(took) // 2], took[int(len(took) * 0.95)], broken)


def _faults(found: Found) -> list[str]:
    slow = [f"p95 {found.p95:.2f} ms is over {LIMIT} ms"] if found.p95 > LIMIT else []
    return slow + [f"the check says: {words}" for words in found.broken[:1]]


def _measure() -> Result:
    faults, found = [], None
    for size in ("L", "XL"):
        found = _found(size)
        print(f"{found.bookings:>6,} bookings: p50 {found.p50:.2f}, p95 {found.p95:.2f} ms of the processor", flush=True)
        faults += _faults(found)
    for fault in faults:
        print(f"not met: {fault}")
    assert found is not None
    return Result(f"{found.p95:.2f}", f"ms of the processor, p95 among {found.bookings:,} bookings", not faults, n=f"{TIMES} asked", seed=SEED)


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: _faults(_found("L", plant, 100)))


FIGURE = Figure(
    name="suggest",
    says="the five best times of one conference among a thousand bookings and among ten thousand, some of the answers put to the check",
    goal=f"p95 {LIMIT:.0f} ms",
    measure=_measure,
    canary=_canary,
)
