"""How long the five best times of one conference take among a year of bookings, and among ten times as many: by the solver alone, and as a page.

The page is what a coordinator waits for: all that is read from the database, the times with their reasons, what blocks and the ways out. Every fourth
is of a case for which there is no time. It is timed on the wall, for that is the promise; how busy the machine was is said beside it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from bench.solver_terms import term
from bench.suite import Ran, run
from setfair.scheduling.solver import Diary, Meeting, batch, check, suggest
from setfair.scheduling.solver.reading import read, written

TIMES = 2_000 if FULL else 400
LIMIT = 1.0
PAGE, FLAT, YEAR = 1000, 2.0, 1000
"""Milliseconds that the page may take among a year of bookings; how many times as much of the processor among ten, in ten times the rooms."""
TEST = "setfair/scheduling/tests/test_years_of_bookings.py"
ON_THE_PAGE = (Plant("search-reads-every-booking", "times as long"),)
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


def _page(plant: str = "", times: int = 50 if FULL else 15) -> tuple[dict[str, str], list[str]]:
    """What the page took, and what is wrong with it."""
    ran: list[Ran] = run(TEST, plant=plant, SETFAIR_YEAR=str(YEAR), SETFAIR_YEAR_TIMES=str(times))
    notes = ran[0].notes if len(ran) == 1 and "ratio" in ran[0].notes else {}
    if not notes:
        return {}, ["the page was not measured"]
    slow = [f"the page: p95 {notes['year_p95']} ms is over {PAGE} ms"] if int(notes["year_p95"]) > PAGE else []
    steep = [f"the page: {notes['ratio']} times as long among ten years"] if float(notes["ratio"]) > FLAT else []
    more = [] if ran[0].passed else ["the page: more queries among ten years"]
    return notes, slow + steep + more


def _told(notes: dict[str, str]) -> None:
    for name, bookings in (("year", YEAR), ("ten", 10 * YEAR)):
        took, own, many = (notes[f"{name}_{what}"] for what in ("p95", "own_p95", "queries"))
        print(f"{bookings:>6,} bookings: the page p95 {took} ms on the wall, {own} ms of the processor, {many} queries")
    noisy = ", so the machine was noisy" if float(notes["noise"]) > 1.2 else ""
    print(f"ten years beside one: {notes['ratio']} times; a fixed loop took {notes['noise']} times as long at its slowest{noisy}")


def _measure() -> Result:
    notes, faults = _page()
    if notes:
        _told(notes)
    found = None
    for size in ("L", "XL"):
        found = _found(size)
        print(f"{found.bookings:>6,} bookings: p50 {found.p50:.2f}, p95 {found.p95:.2f} ms of the processor", flush=True)
        faults += _faults(found)
    for fault in faults:
        print(f"not met: {fault}")
    assert found is not None
    page = f"the page p95 {notes.get('year_p95', '?')} ms, {notes.get('ratio', '?')} times among ten years"
    value = f"ms of the processor, p95 among {found.bookings:,} bookings; {page}"
    return Result(f"{found.p95:.2f}", value, not faults, n=f"{TIMES} asked of the solver; {YEAR:,} and {10 * YEAR:,} bookings", seed=SEED)


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: _faults(_found("L", plant, 100)))
    yield from trials(ON_THE_PAGE, lambda plant: _page(plant, 5)[1])


FIGURE = Figure(
    name="suggest",
    says="the five best times of one conference among a thousand bookings and ten thousand: by the solver, some answers checked, and as a page",
    goal=f"p95 {LIMIT:.0f} ms; the page {PAGE / 1000:g} s, and {FLAT} times among ten years",
    measure=_measure,
    canary=_canary,
)
