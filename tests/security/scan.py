"""The code as it is written, read without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTROLS = (ROOT / "docs" / "security" / "controls.md").read_text()


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """What serves pages and does the work, each by its dotted name; no tests, no migrations."""
    found = []
    for path in sorted([*(ROOT / "setfair").rglob("*.py"), *(ROOT / "config").rglob("*.py")]):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if ".tests." not in name and ".migrations." not in name:
            found.append((name, ast.parse(path.read_text())))
    return tuple(found)


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Module, the name that is called as it is written, and the call."""
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield name, ast.unparse(node.func), node


def imported() -> Iterator[tuple[str, str]]:
    """Module, and what it imports, by its whole name."""
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield from ((name, f"{node.module}.{alias.name}") for alias in node.names)


def table(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading of the document, cell by cell, without its marks of code."""
    part = CONTROLS.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def coded(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def scripts() -> list[tuple[str, str]]:
    return [(path.name, path.read_text()) for path in sorted((ROOT / "setfair").rglob("static/**/*.js"))]
