"""Runs a part of the test suite in a process of its own and reads off what happened, test by test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.reporting import NOT_PLANTED
from tests.told import FOR_THE_TESTS

from .figure import ROOT


@dataclass(frozen=True)
class Ran:
    """One test: its id, whether it passed, the mission rows it shows, and notes it left.

    `browser`: a real browser drove it; `asserts`: it asserts something of the screen; `bad_case`: it shows what must not be.
    """

    test: str
    passed: bool
    mission: tuple[str, ...]
    browser: bool
    asserts: bool
    bad_case: bool
    notes: dict[str, str]


def run(*arguments: str, plant: str = "", **environment: str) -> list[Ran]:
    """The tests chosen by pytest's own `arguments`. `plant` names a fault of `tests/plants.py` to work under."""
    if unheard := sorted(name for name in environment if name.startswith("SETFAIR_") and name not in FOR_THE_TESTS):
        raise SystemExit(f"The tests would not hear of {', '.join(unheard)}: see tests/told.py.")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "ran.json"
        env = {**os.environ, **environment, "SETFAIR_REPORT": str(report)}
        if plant:
            env["SETFAIR_PLANT"] = plant
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "tests.reporting",
                "-p",
                "no:cacheprovider",
                "--no-header",
                "--tb=line",
                *arguments,
            ],
            cwd=ROOT,
            env=env,
        )
        if done.returncode == NOT_PLANTED:
            raise SystemExit(f"{plant} could not be planted: what was tried does not have it any more.")
        if not report.exists():
            raise SystemExit("The tests did not run.")
        return [Ran(**{**r, "mission": tuple(r["mission"])}) for r in json.loads(report.read_text())]
