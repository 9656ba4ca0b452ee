"""What is hidden is absent: with and without it, every page is the same for whoever may not see it.

By default four of the pairs of a hidden thing and a persona, others each day (SEED= chooses); FULL=1 tries all of them, part by part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from bench.suite import run

TEST = "tests/house/test_absence.py"
PARTS_OF_ALL, DAYS = 12, 15
PARTS = [f"{part}/{PARTS_OF_ALL}" for part in range(PARTS_OF_ALL)] if FULL else [f"{SEED % DAYS}/{DAYS}"]
FEW = {"SETFAIR_ABSENCE": "0/60"}
"""A sealed case, and somebody who coordinates and supervises: the one who sees most of what is not sealed."""
PLANTS = (Plant("count-unwalled", TEST), Plant("search-unwalled", TEST), Plant("error-tells", TEST))


def _measure() -> Result:
    ledger = Ledger("absence")
    for part in PARTS:
        if part not in ledger.found:
            ledger.put(part, _part(part))
    found = [ledger.found[part] for part in PARTS]
    pairs, compared, leaks = (sum(int(part[name]) for part in found) for name in ("pairs", "compared", "leaks"))
    met = leaks == 0 and all(part["passed"] for part in found)
    return Result(
        str(leaks), "leaks", met, n=f"{compared} answers compared, {pairs} pairs of a hidden thing and a persona", seed=None if FULL else SEED
    )


def _part(part: str) -> dict[str, Any]:
    """A world of its own; where the test did not come to its end, that is a leak as well."""
    (test,) = run(TEST, SETFAIR_ABSENCE=part)
    return {"compared": 0, "leaks": 1, "pairs": 0, **test.notes, "passed": test.passed}


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: [t.test for t in run(TEST, plant=plant, **FEW) if not t.passed])


FIGURE = Figure(
    name="absence",
    says="a sealed case, the other side, another programme, another's working note, another case and a child whose guardian has no authority: "
    "no list, count, search, file, form or error page differs because they are there",
    goal="0",
    measure=_measure,
    canary=_canary,
)
