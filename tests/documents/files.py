"""The files of a checkout that somebody reads, and what stands in them."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

PAGES = ("README.md", "HOUSE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
NOT_OURS = {".git", ".venv", "var", "vendor", "node_modules", "__pycache__"}
TEXTS = {".py", ".md", ".html", ".txt", ".css", ".js", ".toml", ".lock", ".sql", ".typ", ".service", ".svg", ".json", ".po", ""}


def pages(root: Path) -> list[Path]:
    """Everything written for people: the pages at the door, and docs/."""
    return [path for name in PAGES if (path := root / name).exists()] + sorted((root / "docs").rglob("*.md"))


def texts(root: Path) -> Iterator[tuple[Path, str]]:
    """Every text of the checkout, code and all; nothing fetched, made or cached."""
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).parts
        ours = not NOT_OURS & set(inside) and not any(part.startswith(".") and part.endswith(("_cache", "hypothesis")) for part in inside)
        if ours and path.is_file() and path.suffix in TEXTS:
            yield path, path.read_text(errors="replace")


def told(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)


def loaded(path: Path) -> ModuleType:
    """A module of this very checkout, whatever is installed under its name. For tables alone: it may import nothing of the house."""
    spec = importlib.util.spec_from_file_location("_".join(path.with_suffix("").parts[-3:]), path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be read as a module.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
