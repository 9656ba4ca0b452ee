"""What a figure is, and where its latest full result is kept."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "figures"
FULL = os.environ.get("FULL") == "1"


@dataclass(frozen=True)
class Result:
    """One measurement. `met` decides the exit code; `n` is the size that was measured."""

    value: str
    unit: str
    met: bool
    n: str = ""
    seed: int | None = None


@dataclass(frozen=True)
class Figure:
    """`measure` prints its details and returns the result; `plant` does the same on a house with one fault in it, and must not meet the goal."""

    name: str
    says: str
    goal: str
    measure: Callable[[], Result]
    plant: Callable[[], Result]

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
