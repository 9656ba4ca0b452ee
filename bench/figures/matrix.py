"""The authorization matrix, all of it, and the hand-written table."""

from __future__ import annotations

from bench.figure import Figure, Result
from bench.suite import run


def _measure(plant: str = "") -> Result:
    ran = run("tests/house/test_matrix.py", plant=plant, SETFAIR_MATRIX="all")
    cells = next((t.notes["cells"] for t in ran if "cells" in t.notes), "0")
    by_hand = next((t.notes["by_hand"] for t in ran if "by_hand" in t.notes), "0")
    return Result(cells, f"cells answered as declared, {by_hand} of them by hand", bool(ran) and all(t.passed for t in ran), n=f"{cells} cells")


FIGURE = Figure(
    name="matrix",
    says="every guarded route, for every persona, in every relation, answers as the policy and the hand-written table say",
    goal="0 differences",
    measure=_measure,
    plant=lambda: _measure(plant="door-removed"),
)
