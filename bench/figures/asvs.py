"""The OWASP ASVS 5.0, level 2, requirement by requirement: met and by which test, not applicable and why, or open and what is missing.

The sheet is docs/security/asvs.md; the ids and levels are the standard's own (bench/asvs.csv). By default a fifth of the tests it names is run,
another one each day (SEED= chooses); FULL=1 runs them all.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.figure import FULL, ROOT, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from bench.suite import run

SHEET, STANDARD = ROOT / "docs" / "security" / "asvs.md", ROOT / "bench" / "asvs.csv"
STANDINGS = ("met", "n/a", "open")
PARTS = 5
PLANTS = (
    Plant("row-left-out", "is not in the sheet"),
    Plant("reason-left-out", "says neither"),
    Plant("test-that-is-not-there", "was not found"),
    Plant("door-removed", "does not pass"),
)


@dataclass(frozen=True)
class Row:
    """One requirement: how it stands, and by what."""

    id: str
    standing: str
    by: str

    @property
    def tests(self) -> list[str]:
        return re.findall(r"`([\w/]+\.py(?:::\w+)?)`", self.by) if self.standing == "met" else []


def sheet(text: str) -> list[Row]:
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines() if re.match(r"\| V\d", line)]
    return [Row(line[0], line[3], line[4]) for line in lines if len(line) == 5]


def faults_of(rows: list[Row]) -> Iterator[str]:
    """What is wrong with the sheet as it is written."""
    with STANDARD.open() as lines:
        wanted = [row["id"] for row in csv.DictReader(lines)]
    counted = Counter(row.id for row in rows)
    yield from (f"{one} is not in the sheet" for one in wanted if not counted[one])
    yield from (f"{one} is in the sheet {times} times" for one, times in counted.items() if times > 1 or one not in wanted)
    for row in rows:
        if row.standing not in STANDINGS:
            yield f"{row.id} says neither met, nor n/a, nor open"
        elif row.standing == "met" and not row.tests:
            yield f"{row.id} says neither test nor reason"
        elif row.standing != "met" and len(row.by) < 10:
            yield f"{row.id} says neither test nor reason"


def shown(tests: list[str], plant: str = "") -> Iterator[str]:
    """Which of these tests do not pass, or are not there."""
    there = [test for test in tests if _is_there(test)]
    yield from (f"{test} was not found" for test in tests if test not in there)
    ran = run(*there, plant=plant) if there else []
    for test in there:
        mine = [one for one in ran if one.test == test or one.test.startswith((f"{test}::", f"{test}["))]
        if not mine or not all(one.passed for one in mine):
            yield f"{test} does not pass"


def _is_there(test: str) -> bool:
    path, _colons, name = test.partition("::")
    return (ROOT / path).exists() and (not name or re.search(rf"^def {name}\(", (ROOT / path).read_text(), re.M) is not None)


def _measure() -> Result:
    ledger, rows = Ledger("asvs"), sheet(SHEET.read_text())
    wrong = list(faults_of(rows))
    tests = sorted({test for row in rows for test in row.tests})
    chosen = tests if FULL else [test for n, test in enumerate(tests) if n % PARTS == SEED % PARTS]
    for part in range(PARTS if FULL else 1):
        name = f"{part + 1}/{PARTS}"
        if name not in ledger.found:
            ledger.put(name, list(shown(chosen[part::PARTS] if FULL else chosen)))
    wrong += [fault for part in ledger.found.values() for fault in part]
    for fault in wrong:
        print(fault)
    stands = Counter(row.standing for row in rows)
    unit = f"without proof of {len(rows)} requirements: {stands['met']} met, {stands['n/a']} not applicable, {stands['open']} open"
    return Result(str(len(wrong)), unit, not wrong, n=f"{len(chosen)} of {len(tests)} tests", seed=None if FULL else SEED)


def _faults(plant: str) -> list[str]:
    text = SHEET.read_text()
    written: dict[str, Any] = {
        "row-left-out": lambda: re.sub(r"^\| V8\.2\.2 .*\n", "", text, flags=re.M),
        "reason-left-out": lambda: re.sub(r"^(\| V1\.2\.6 .*\| n/a \|).*$", r"\1 |", text, flags=re.M),
        "test-that-is-not-there": lambda: text.replace("::test_each_cell_answers_as_the_policy_says", "::test_that_nobody_wrote"),
    }
    rows = sheet(written[plant]() if plant in written else text)
    few = sorted({test for row in rows if row.id in ("V8.2.1", "V8.2.2", "V8.4.1") for test in row.tests if "each_cell" not in test})
    return [*faults_of(rows), *shown(few, plant if plant not in written else "")]


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, _faults)


FIGURE = Figure(
    name="asvs",
    says="each requirement of the OWASP ASVS 5.0, level 2, is met and shown by a test that passes, or says why not",
    goal="0 without proof",
    measure=_measure,
    canary=_canary,
)
