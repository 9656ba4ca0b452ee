"""How many presses lie between the link in a letter and a stop that is written down: for everyone of a circle, at every stage, without a script."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import Figure, Plant, Result, Trial, trials
from bench.suite import run

TEST = "tests/house/test_taps.py"
STAGES = "preparing prepared ready scheduled convened following_up"
MOST = 2
PLANTS = (Plant("stop-leads-home", "presses"),)


def _slow(plant: str = "", stages: str = STAGES) -> tuple[list[str], int]:
    ran = run(TEST, plant=plant, SETFAIR_TAPS=stages)
    broken = [test.test for test in ran if not test.passed and not test.notes.get("slow")]
    return [slow for test in ran for slow in str(test.notes.get("slow", "")).split("; ") if slow] + broken, sum(
        int(test.notes.get("ways", 0)) for test in ran
    )


def _measure() -> Result:
    slow, ways = _slow()
    print("\n".join(slow))
    met = ways == 4 * len(STAGES.split()) and not slow
    return Result("2 or fewer" if met else f"{len(slow)} over", f"presses from a letter's link to a stop, {ways} ways", met, n=f"{ways} ways")


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: _slow(plant, "preparing")[0])


FIGURE = Figure(
    name="taps",
    says="whoever wants to stop has stopped two presses after they opened the page of a letter's link",
    goal=f"{MOST} presses at most",
    measure=_measure,
    canary=_canary,
)
