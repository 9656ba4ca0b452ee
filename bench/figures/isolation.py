"""Both walls asked from below: what the app's own role reaches of another programme when it goes around Python, straight in SQL."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import Figure, Plant, Result, Trial, trials
from bench.suite import run

AROUND, WALLS = "tests/house/test_isolation.py", "tests/house/test_walls.py"
COUNTED = ("cells", "facts", "catalogue", "keys", "requests", "ciphertexts")
PLANTS = (
    Plant("tenant-on-the-session", AROUND),
    Plant("simple-foreign-key", AROUND),
    Plant("policy-removed", AROUND),
    Plant("table-not-forced", AROUND),
    Plant("journal-may-be-changed", AROUND),
    Plant("view-over-the-wall", AROUND),
    Plant("ciphertext-not-bound", AROUND),
)


def _measure() -> Result:
    ran = run(AROUND, WALLS)
    around = next((test for test in ran if AROUND in test.test), None)
    notes = around.notes if around else {}
    told = {name: int(notes.get(name, 0)) for name in COUNTED}
    for name, says in SAYS.items():
        print(f"{told[name]:>6} {says}")
    print(f"{len(ran) - 1:>6} tests of the second wall")
    leaks = int(notes.get("leaks", 1)) + sum(not test.passed for test in ran if test is not around)
    met = not leaks and all(told.values()) and all(test.passed for test in ran)
    n = f"{sum(told.values())} ways around Python, {notes.get('filled', 0)} tables with rows of the other programme in them"
    return Result(str(leaks), "leaks", met, n=n)


SAYS = {
    "cells": "statements: every table, SELECT, INSERT, UPDATE and DELETE, with no programme set and from next door",
    "facts": "times a fact of one's own programme was to be changed, removed or emptied",
    "catalogue": "things of the catalogue: forced walls, references, views, owners, functions over the wall, roles",
    "keys": "keys, cases and requests of the other programme that were to be destroyed or forgotten from next door",
    "requests": "requests of two programmes and of none over three connections that go from hand to hand",
    "ciphertexts": "sealed words and keys laid into another row or programme",
}


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: [test.test for test in run(AROUND, plant=plant) if not test.passed])


FIGURE = Figure(
    name="isolation",
    says="what the app's own role reaches of another programme by SQL, by pooled connections, by moved words",
    goal="0",
    measure=_measure,
    canary=_canary,
)
