"""docs/journeys.md, written out from every floor's table of stages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

from .files import loaded
from .meanings import NOUNS, STAGES
from .reasons import REASONS

WHERE = Path("docs/journeys.md")
HEAD = """# Journeys

Which stage may follow which, and the reasons that may be written down. Written out from each floor's `journey.py` by
`python -m tests.check_docs --write`. Please change it there.

Only one function moves anything along its journey (`setfair/journal/journey.py`). It refuses every step that is not in these tables, and writes
a line in the journal for every step it takes.
"""


@dataclass(frozen=True)
class Table:
    """One list of names in a `journey.py`: stages if `steps` says what may follow, else reasons."""

    key: str
    names: type[Enum]
    steps: dict[Any, frozenset[Any]] | None
    module: ModuleType


def page(root: Path) -> str:
    """The whole page, as it should stand."""
    tables = {table.key: table for table in _tables(root)}
    stages = [line for key in NOUNS for line in _stages(tables[key])]
    reasons = [line for key in REASONS for line in _reasons(tables[key])]
    return "\n".join([HEAD, *stages, *reasons]).rstrip() + "\n"


def faults(root: Path) -> list[str]:
    """What the journeys name and no line explains, and the reverse."""
    found, met = [], set()
    for table in _tables(root):
        met.add(table.key)
        kind, lines = ("stage", STAGES.get(table.key, {})) if table.steps else ("reason", REASONS.get(table.key, ("", "", {}))[2])
        names = {name.value for name in table.names}
        found += [f"The {kind} {name} of {table.key} has no line in tests/documents/meanings.py." for name in sorted(names - lines.keys())]
        found += [
            f"tests/documents/meanings.py explains the {kind} {name} of {table.key}, which is not there." for name in sorted(lines.keys() - names)
        ]
    return found + [f"tests/documents/meanings.py explains {key}, which is not there." for key in sorted({*NOUNS, *REASONS} - met)]


def _tables(root: Path) -> Iterator[Table]:
    for path in sorted((*root.glob("setfair/*/journey.py"), root / "setfair/programmes/reasons.py")):
        floor = path.parent.name
        if floor == "journal":
            continue
        module = loaded(path)
        journeys = [value for name, value in vars(module).items() if name.endswith("JOURNEY")]
        steps = {type(next(iter(journey))): journey for journey in journeys}
        for name, value in vars(module).items():
            if name == getattr(value, "__name__", "") and isinstance(value, type) and issubclass(value, Enum) and value.__module__ == module.__name__:
                yield Table(f"{floor}.{name}", value, steps.get(value), module)


def _stages(table: Table) -> list[str]:
    title, what = NOUNS[table.key]
    public: dict[Any, Any] = getattr(table.module, "PUBLIC", {})
    seen = " whoever asked reads |" if public else ""
    lines = [f"## {title}", what, "", f"| stage | what it means | may be followed by |{seen}", "|---|---|---|" + ("---|" if public else "")]
    for stage in table.names:
        follows = " · ".join(str(after.label) for after in table.names if after in (table.steps or {})[stage]) or "nothing: this is an end"
        last = f" {public[stage]} |" if public else ""
        lines.append(f"| **{stage.label}** | {STAGES[table.key][stage.value]} | {follows} |{last}")
    return [*lines, ""]


def _reasons(table: Table) -> list[str]:
    title, what, lines = REASONS[table.key]
    signed, groups = getattr(table.module, "KEPT", frozenset()), getattr(table.module, "DECIDED", {})
    if groups and "own" in lines:
        rows = [
            f"| **{r.label}** | {groups[r].label if r in groups else 'as it was named'} | {lines[r.value]}{_if_signed(r, signed)} |"
            for r in table.names
        ]
        return [f"## {title}", what, "", "| reason | whose decision | when it fits |", "|---|---|---|", *rows, ""]
    rows = [f"| **{r.label}** | {lines[r.value]} |" for r in table.names]
    return [f"## {title}", what, "", "| reason | when it fits |", "|---|---|", *rows, ""]


def _if_signed(reason: Any, signed: frozenset[Any]) -> str:
    return " Only after an agreement that everyone signed." if reason in signed else ""
