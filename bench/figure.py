"""What a figure is, and where its latest full result is kept."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "figures"
FULL = os.environ.get("FULL") == "1"
SEED = int(os.environ.get("SEED") or date.today().toordinal())
"""Says which part a default run takes where it does not take everything: another one each day."""


@dataclass(frozen=True)
class Result:
    """One measurement. `met` decides the exit code; `n` is the size that was measured."""

    value: str
    unit: str
    met: bool
    n: str = ""
    seed: int | None = None


@dataclass(frozen=True)
class Plant:
    """A fault to plant, the words by which the figure must tell of it, and at how many places at least."""

    name: str
    sign: str
    places: int = 1


@dataclass(frozen=True)
class Trial:
    """What the figure told of one planted fault that it had not told without it, and whether it was silent about such faults before."""

    plant: Plant
    told: list[str]
    silent_before: bool

    @property
    def caught(self) -> bool:
        return self.silent_before and len(self.told) >= self.plant.places

    def __str__(self) -> str:
        said = f"told at {len(self.told)} of {self.plant.places} places" + (f", first: {self.told[0]}" if self.told else "")
        return f"{'caught    ' if self.caught else 'NOT CAUGHT'} {self.plant.name}: " + (
            said if self.silent_before else "told of without the fault, too"
        )


def trials(plants: Collection[Plant], faults: Callable[[str], list[str]]) -> Iterator[Trial]:
    """Measure once as it is and once with each fault; `faults("")` is what the figure says of the sound house."""
    sound = faults("")
    for plant in plants:
        yield tried(plant, sound, faults(plant.name))


def tried(plant: Plant, sound: list[str], faults: list[str]) -> Trial:
    told = [fault for fault in faults if plant.sign in fault and fault not in sound]
    return Trial(plant, told, silent_before=not any(plant.sign in fault for fault in sound))


@dataclass(frozen=True)
class Figure:
    """`measure` prints its details and returns the result; `canary` measures a smaller part of the same on houses with one fault each."""

    name: str
    says: str
    goal: str
    measure: Callable[[], Result]
    canary: Callable[[], Iterator[Trial]]

    def line(self, result: Result) -> str:
        return f"{self.name}: {result.value} {result.unit} (goal {self.goal})"


def keep(figure: Figure, result: Result) -> None:
    """Write the result of a full run beside the documents, with the commit it was measured at."""
    KEPT.mkdir(parents=True, exist_ok=True)
    facts: dict[str, Any] = {
        "figure": figure.name,
        "value": result.value,
        "unit": result.unit,
        "goal": figure.goal,
        "met": result.met,
        "n": result.n,
        "seed": result.seed,
        "commit": commit(),
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }
    (KEPT / f"{figure.name}.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


def kept(name: str) -> dict[str, Any] | None:
    path = KEPT / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    changed = subprocess.run(["git", "status", "--porcelain", "--", ".", ":!docs"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return (done.stdout.strip() or "no commit") + (" with changes" if changed else "")
