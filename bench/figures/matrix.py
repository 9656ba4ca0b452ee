"""The authorization matrix, the hand-written tables beside it, and both walls.

By default a quarter of the matrix, another one each day (SEED= chooses); FULL=1 tries all of it, part by part, two at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from bench.suite import run

MATRIX, WALLS, FORMS = (f"tests/house/test_{name}.py" for name in ("matrix", "walls", "forms"))
CELL_BY_CELL = "test_each_cell"
QUARTERS, EIGHTHS = 4, 8
PARTS = [f"{part}/{EIGHTHS}" for part in range(EIGHTHS)] if FULL else [f"{SEED % QUARTERS}/{QUARTERS}"]
BESIDES = "besides"
AT_ONCE = 2
"""Each part is a process and a database of its own."""
FEW = {"SETFAIR_MATRIX": "7/60"}
TRIED = {
    (MATRIX, "-k", f"{CELL_BY_CELL} or sensitive_pages"): (
        Plant("door-removed", MATRIX, 2),
        Plant("row-dropped", "test_the_sensitive_pages"),
        Plant("role-widened", "test_the_sensitive_pages"),
    ),
    (FORMS,): (Plant("field-added", FORMS),),
    (WALLS,): (Plant("policy-removed", WALLS), Plant("simple-foreign-key", WALLS), Plant("tenant-on-the-session", WALLS)),
}
"""The tests that must not pass with each fault: a few cells and the table by hand, the forms, the walls."""


def _measure() -> Result:
    ledger = Ledger("matrix")
    waiting = [part for part in (BESIDES, *PARTS) if part not in ledger.found]
    with ThreadPoolExecutor(AT_ONCE) as two:
        list(two.map(lambda part: ledger.put(part, _besides() if part == BESIDES else _cells(part)), waiting))
    parts, besides = [ledger.found[part] for part in PARTS], ledger.found[BESIDES]
    tried, wrong, no_method = (sum(int(part[name]) for part in parts) for name in ("cells", "wrong", "no_such_method"))
    whole = max(int(part["whole"]) for part in parts)
    unit = (
        f"differences in {tried} of the {whole} cells of the whole matrix, {besides['by_hand']} by hand, walls and forms asked {besides['ways']} ways"
    )
    met = all(part["passed"] for part in (*parts, besides)) and (not FULL or tried == whole)
    n = f"{tried} of {whole} cells, {no_method} of them about a method that a page does not have"
    return Result(str(wrong + besides["failed"]), unit, met, n=n, seed=None if FULL else SEED)


def _cells(part: str) -> dict[str, Any]:
    """One part of the matrix, in a world of its own: what a person is signed in for ends after ten minutes."""
    (test,) = run(MATRIX, "-k", CELL_BY_CELL, SETFAIR_MATRIX=part)
    return {"cells": 0, "wrong": 1, "no_such_method": 0, "whole": 0, **test.notes, "passed": test.passed}


def _besides() -> dict[str, Any]:
    ran = run(MATRIX, WALLS, FORMS, "-k", f"not {CELL_BY_CELL}")
    failed = sum(not test.passed for test in ran)
    by_hand = next((test.notes["by_hand"] for test in ran if "by_hand" in test.notes), 0)
    return {"passed": bool(ran) and not failed, "failed": failed, "by_hand": by_hand, "ways": len(ran)}


def _canary() -> Iterator[Trial]:
    for tests, plants in TRIED.items():
        yield from trials(plants, lambda plant, tests=tests: [t.test for t in run(*tests, plant=plant, **FEW) if not t.passed])


FIGURE = Figure(
    name="matrix",
    says="every guarded route, for every persona, in every relation, answers as the policy and the hand-written table say",
    goal="0 differences",
    measure=_measure,
    canary=_canary,
)
