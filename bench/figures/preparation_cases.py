"""Varied cases, told in files and played only through the real screens, each with its checks; a second seed names other people in another order.

The files are in tests/stories/cases/. By default three of them with one seed, others each day; FULL=1 plays all with both.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, tried
from bench.ledger import Ledger
from bench.suite import run
from tests.stories.told import NAMES

TEST = "tests/stories/test_cases.py"
WANTED, SEEDS, FEW = 12, (1, 2), 3
PATIENCE = "40000"
"""Milliseconds that a page may take before it counts as not there: others work on the same machine, and no neighbour may decide."""
PLANTS = {
    "two-homes": Plant("ready-whatever-is-missing", "does not pass"),
    "morning": Plant("stop-unheard", "does not pass"),
    "not-here": Plant("reason-told", "does not pass"),
}
"""Each fault in the case that must tell of it."""


def _chosen() -> list[str]:
    every = [f"{name}:{seed}" for seed in SEEDS for name in NAMES]
    return every if FULL else [every[(SEED * FEW + n) % len(every)] for n in range(FEW)]


def _measure() -> Result:
    ledger, chosen = Ledger("preparation-cases"), _chosen()
    for which in chosen:
        if which not in ledger.found:
            ledger.put(which, _play(which))
    checks = [int(ledger.found[which]) for which in chosen]
    for which in (which for which, held in zip(chosen, checks, strict=True) if held < 0):
        print(f"{which} does not pass")
    passed = sum(held >= 0 for held in checks)
    met = passed == len(chosen) and (not FULL or len(NAMES) >= WANTED)
    n = f"{len({which.partition(':')[0] for which in chosen})} of {WANTED} cases, {sum(held for held in checks if held > 0)} checks"
    return Result(f"{passed} of {len(chosen)}", f"played pass, {len(NAMES)} of {WANTED} told", met, n=n, seed=None if FULL else SEED)


def _play(which: str, plant: str = "") -> int:
    """How many checks held; less than none if the case does not pass."""
    ran = run(TEST, plant=plant, SETFAIR_CASES=which, SETFAIR_PATIENCE=PATIENCE)
    return sum(int(test.notes["checks"]) for test in ran) if ran and all(test.passed for test in ran) else -1


def _canary() -> Iterator[Trial]:
    for name, plant in PLANTS.items():
        sound, planted = (["does not pass"] if _play(f"{name}:1", fault) < 0 else [] for fault in ("", plant.name))
        yield tried(plant, sound, planted)


FIGURE = Figure(
    name="preparation-cases",
    says="twelve varied cases, told as data, go as they are told when they are played through the real screens, by two sets of people",
    goal="all pass, 12 told",
    measure=_measure,
    canary=_canary,
)
