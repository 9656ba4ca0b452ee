"""What can be set, wherever it is said: in the code, in .env.example and in docs/operator.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .files import pages

EXAMPLE, GUIDE = ".env.example", "docs/operator.md"
INSIDE = {
    "SETFAIR_DATA_DIR",  # DATA_DIR, made absolute
    "SETFAIR_PGHOST",  # where the supervisor's database answers
    "SETFAIR_DB_ROLE",  # the migrations' own role
    "SETFAIR_DB_NAME",  # a test's own database
    "SETFAIR_FIRST_KEY",  # opens the first run from elsewhere, for one start
    "SETFAIR_PLANT",  # which fault a measured server is served with
    *("MEASURED_AS", "MEASURED_UNBOUND", "MEASURED_WITHOUT"),  # which house is served, to be held against the others
    "DATABASE_COMMONS_URL",  # the schools' partnership pages, which are not there yet
    "DATABASE_ADMIN_URL",  # a superuser of a server of one's own, whom nothing asks for
}
"""Said by one part of Setfair to another; nobody sets these."""
WITH_A_COMMAND = {"FORCE", "UPGRADE", "FULL", "SEED"}
"""Said beside one command, as in `make restore FORCE=1`, and explained where the command is."""


def faults(root: Path) -> list[str]:
    read = set(_read(root))
    example = dict(re.findall(r"^# ([A-Z_]+)=(.*)$", (root / EXAMPLE).read_text(), re.M))
    guide = {name: _plain(default) for name, default in re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", (root / GUIDE).read_text(), re.M)}
    wanted = read - INSIDE - WITH_A_COMMAND
    written = "\n".join(page.read_text() for page in pages(root))
    found = [f"{name} is read by the code and not in {EXAMPLE}." for name in sorted(wanted - example.keys())]
    found += [f"{name} is read by the code and not in the table of {GUIDE}." for name in sorted(wanted - guide.keys())]
    found += [f"{name} is in {EXAMPLE} and nothing reads it." for name in sorted(example.keys() - wanted)]
    found += [f"{name} is in {GUIDE} and nothing reads it." for name in sorted(guide.keys() - wanted)]
    found += [
        f"{name} is “{example[n]}” in {EXAMPLE} and “{guide[n]}” in {GUIDE}."
        for n in sorted(example.keys() & guide)
        if example[name := n] != guide[n]
    ]
    found += [f"{name} is listed in tests/documents/settings.py and nothing reads it." for name in sorted((INSIDE | WITH_A_COMMAND) - read)]
    return found + [
        f"{name}=1 is understood by a command, and no page says so." for name in sorted(WITH_A_COMMAND & read) if f"{name}=1" not in written
    ]


def _plain(default: str) -> str:
    return default.strip().strip("`").replace("–", "")


def _read(root: Path) -> Iterator[str]:
    for folder in ("config", "bench", "setfair"):
        for path in (root / folder).rglob("*.py"):
            if "tests" not in path.parts:
                yield from _asked_in(path.read_text())


@cache
def _asked_in(source: str) -> frozenset[str]:
    """One file says the same in every copy of a checkout."""
    return frozenset(name for node in ast.walk(ast.parse(source)) for name in _asked(node))


def _asked(node: ast.AST) -> Iterator[str]:
    """The variable that this piece of code asks the environment for, if it does."""
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called == "flag" or called in ("os.environ.get", "os.environ.setdefault", "os.getenv"):
            yield from _name(node.args[0])
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and ast.unparse(node.value) == "os.environ":
        yield from _name(node.slice)
    elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) == "os.environ":
        yield from _name(node.left)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from (name for name in _name(value) if name.endswith("_URL"))


def _name(node: ast.AST) -> Iterator[str]:
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[A-Z][A-Z_]+", node.value)
        and node.value != "DJANGO_SETTINGS_MODULE"
    ):
        yield node.value
