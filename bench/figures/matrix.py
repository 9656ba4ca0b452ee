"""The authorization matrix, all of it, the hand-written tables beside it, and both walls."""

from __future__ import annotations

from bench.figure import Figure, Result
from bench.suite import run

MATRIX, WALLS, FORMS = (f"tests/house/test_{name}.py" for name in ("matrix", "walls", "forms"))
MUTANTS = {
    "door-removed": MATRIX,
    "row-dropped": MATRIX,
    "role-widened": MATRIX,
    "field-added": FORMS,
    "policy-removed": WALLS,
    "simple-foreign-key": WALLS,
    "tenant-on-the-session": WALLS,
}
"""Each fault, and the tests that must not pass with it."""


def _measure() -> Result:
    ran = run(MATRIX, WALLS, FORMS, SETFAIR_MATRIX="all")
    cells = next((t.notes["cells"] for t in ran if "cells" in t.notes), "0")
    by_hand = next((t.notes["by_hand"] for t in ran if "by_hand" in t.notes), "0")
    met = bool(ran) and all(t.passed for t in ran)
    return Result(cells, f"cells answered as declared, {by_hand} more by hand, walls and forms asked {len(ran) - 3} ways", met, n=f"{cells} cells")


def _plant() -> Result:
    """A fault with which every test still passes makes the whole figure prove nothing."""
    alive = []
    for plant, tests in MUTANTS.items():
        failed = [t.test for t in run(tests, plant=plant) if not t.passed]
        print(f"{plant}: {len(failed)} tests say so" + (f", the first {failed[0]}" if failed else ""))
        if not failed:
            alive.append(plant)
    return Result(f"{len(MUTANTS) - len(alive)} of {len(MUTANTS)}", "planted faults seen", bool(alive))


FIGURE = Figure(
    name="matrix",
    says="every guarded route, for every persona, in every relation, answers as the policy and the hand-written table say",
    goal="0 differences",
    measure=_measure,
    plant=_plant,
)
