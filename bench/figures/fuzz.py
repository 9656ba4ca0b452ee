"""Every route with inputs nobody thought of: no error, no wait, no log that tells, nobody led away; and every file kept or refused.

By default a part of the routes, another one each day (SEED= chooses); FULL=1 tries all of them with many inputs each, part by part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from bench.suite import run

TEST = "tests/house/test_fuzz.py"
FORMS, FILES = "no_input", "sent_as_a_file"
PARTS, EACH = (24, 24) if FULL else (3, 3)
CHOSEN = range(PARTS) if FULL else (SEED % PARTS,)
PLANTS = (Plant("number-from-the-query", "ValueError"), Plant("led-by-the-query", "NoReverseMatch"), Plant("form-in-the-log", "a log tells"))


def _measure() -> Result:
    ledger = Ledger("fuzz")
    for part in CHOSEN:
        if str(part) not in ledger.found:
            ledger.put(str(part), _part(part))
    found = [ledger.found[str(part)] for part in CHOSEN]
    inputs, routes, faults = (sum(int(part[name]) for part in found) for name in ("inputs", "routes", "faults"))
    whole = max(int(part["whole"]) for part in found)
    for part in found:
        if part["first"]:
            print(part["first"])
    met = all(part["passed"] for part in found) and not faults and (not FULL or (inputs >= 10_000 and routes == whole))
    n = f"{routes} of {whole} routes, {sum(int(part['files']) for part in found)} files, {EACH} addresses and {2 * EACH} forms at each route"
    return Result(str(faults), f"faults in {inputs} inputs over {routes} routes", met, n=n, seed=SEED)


def _part(part: int) -> dict[str, Any]:
    ran = run(TEST, "-k", f"{FORMS} or {FILES}", SETFAIR_FUZZ=f"{part}/{PARTS}/{EACH}/{SEED}")
    found: dict[str, Any] = {"inputs": 0, "routes": 0, "whole": 0, "faults": 0, "files": 0, "wrong_files": 0, "first": ""}
    for test in ran:
        found |= test.notes
    found["inputs"] = int(found["inputs"]) + int(found["files"])
    found["faults"] = int(found["faults"]) + int(found["wrong_files"])
    return found | {"passed": bool(ran) and all(test.passed for test in ran)}


def _canary() -> Iterator[Trial]:
    def told(plant: str) -> list[str]:
        ran = run(TEST, "-k", FORMS, plant=plant, SETFAIR_FUZZ="5/40/16/1")
        return [line for test in ran for line in test.notes.get("first", "").splitlines()]

    yield from trials(PLANTS, told)


FIGURE = Figure(
    name="fuzz",
    says="what is sent to any route, as an address, a question, a header, a form or a file, is answered below 500, within 2 s, and stands in no log",
    goal="0",
    measure=_measure,
    canary=_canary,
)
