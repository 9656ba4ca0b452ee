"""Five hundred pages open in 25 rooms of 20, and two hundred more in a hall: from a press on "Next" to what each of them is told, and shows.

Every page is a socket of its own that came through a real door with its own stay; a few lie in a real browser, which says when it has painted.
Pages are turned in one circle after the other, twice a second, by the lead's own form; the time is from the press to the last byte of the message.
Meanwhile other pages are asked for, and beside them stand the same pages from before and after, when no line was open. In the hall somebody's
phone reads nothing of what it is sent. The server counts how often it puts a circle into words: once for a beat, a kind of seat and a language.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import contextmanager

from bench import house
from bench.beside import loop
from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from bench.halls import Hall, halls
from bench.lying_open import Found, play
from setfair.village.build import Village, build

P50, P95, PAGES = 50, 200, 1.5
ROOMS, HALL, TURNS = ([20] * 25, 200, 100) if FULL else ([10] * 6, 60, 30)
SMALL, FEW = [6, 6, 12], 8
"""The circles of the canary, and how many pages are turned in each part of it."""
PLANTS = (
    Plant("said-for-each-line", "put into words"),
    Plant("waits-for-the-slowest", "heard nothing"),
    Plant("beat-lost", "heard nothing"),
)


@contextmanager
def _circles(sizes: list[int]) -> Iterator[tuple[Village, list[Hall]]]:
    with house.fresh_database():
        village = build(with_passwords=False)
        yield village, halls(village, sizes)


def _played(village: Village, circles: list[Hall], turns: int, plant: str = "", browsers: int = 2, asked: int = 20) -> Found:
    with house.served(plant, "bench.counted:application") as home:
        return asyncio.run(play(home, village, circles, turns, browsers, asked))


def _faults(found: Found) -> list[str]:
    """What is wrong whatever the machine: these are what a canary looks at."""
    said = [f"{found.lost} of {len(found.heard) + found.lost} heard nothing of a page that was turned"] if found.lost else []
    said += [f"{found.ended} lines ended"] if found.ended else []
    said += [f"{found.torn} times two in the same seat were told different words"] if found.torn else []
    return said + ([f"put into words {found.worded} times for one beat, kind of seat and language"] if found.worded > 1 else [])


def _slow(found: Found) -> list[str]:
    over = [(f"{what} {took:.0f} ms", took, most) for what, took, most in (
        ("told, p50", _at(found.heard, 0.5), P50), ("told, p95", _at(found.heard, 0.95), P95),
        ("painted, p50", _at(found.painted, 0.5), P50), ("painted, p95", _at(found.painted, 0.95), P95),
    )]  # fmt: skip
    return [f"{words} is over {most}" for words, took, most in over if took > most] + (
        [f"pages take {found.ratio:.2f} times as long"] if found.ratio > PAGES else []
    )


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)] * 1000 if times else 0.0


def _measure() -> Result:
    before = loop()
    with _circles([*ROOMS, HALL]) as (village, circles):
        found = _played(village, circles, TURNS, browsers=4 if FULL else 2)
    noise = max(before, loop()) / min(before, loop())
    for name, (without, meanwhile) in found.pages.items():
        print(f"  {name:<22} p50 {statistics.median(without) * 1000:.1f} ms alone, {statistics.median(meanwhile) * 1000:.1f} meanwhile")
    print(f"  told p50 {_at(found.heard, 0.5):.0f}, p95 {_at(found.heard, 0.95):.0f} ms; in the hall p95 {_at(found.in_the_hall, 0.95):.0f}")
    print(f"  painted p50 {_at(found.painted, 0.5):.0f}, p95 {_at(found.painted, 0.95):.0f} ms of {len(found.painted)}; the press itself is answered")
    gathered = f"{_at(found.gathered, 0.5):.0f}, p95 {_at(found.gathered, 0.95):.0f}"
    print(f"  after {_at(found.presses, 0.5):.0f} ms, and a beat gathered in {gathered}")
    print(f"  memory {found.memory[0]} MB without a line, {found.memory[1]} with {found.open} open")
    print(f"  {found.beats} beats put into words {found.wordings} times for {len(found.heard)} messages")
    print(f"  of the machine's cores while pages were turned: {found.shares}")
    print(f"  a fixed loop took {noise:.2f} times as long at its slowest" + (", so the machine was noisy" if noise > 1.2 else ""))
    wrong = _faults(found) + _slow(found)
    for fault in wrong:
        print(f"  {fault}")
    value = f"{_at(found.heard, 0.5):.0f} and {_at(found.heard, 0.95):.0f}"
    unit = f"ms p50 and p95 from press to told, painted {_at(found.painted, 0.95):.0f}; pages {found.ratio:.2f} times; {found.lost} lost; "
    unit += f"{found.worded} time in words; {found.memory[1] - found.memory[0]} MB more"
    n = f"{found.open} lines, {len(ROOMS)} rooms of {ROOMS[0]} and a hall of {HALL}; {len(found.presses)} pages turned"
    return Result(value, unit, not wrong, n=n)


def _canary() -> Iterator[Trial]:
    with _circles(SMALL) as (village, circles):
        yield from trials(PLANTS, lambda plant: _faults(_played(village, circles, FEW, plant, browsers=0, asked=2)))


FIGURE = Figure(
    name="live-500",
    says="500 pages open in 25 rooms and 200 in a hall: from a press to what each is told and shows, and what that costs everybody else",
    goal=f"p50 {P50} ms, p95 {P95} ms, pages {PAGES} times, 0 lost, 1 time in words",
    measure=_measure,
    canary=_canary,
)
