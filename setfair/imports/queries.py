from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from setfair.access.entry import memberships_of
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Role
from setfair.vault import ring

from . import marks, rows
from .journey import Stage
from .kinds import fields_of
from .models import KEPT, Heading, Leaf, Made, Table

SHOWN = 50
SAMPLES = 3
NEUTRAL = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run if a cell began with it."""


def waiting(most: int) -> list[tuple[UUID, UUID]]:
    """Programme and list, ids only, of what the worker has to do with a list, and of those whose words have lain for seven days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, table_id FROM imports_waiting(%s, %s)", [clock.now() - KEPT, most])
        return list(cursor.fetchall())


def whose(table: Table) -> Actor | None:
    """Whoever brought this list, with the roles they hold now; None once they coordinate here no more."""
    roles = memberships_of(table.by).get(UUID(str(table.programme_id)), frozenset())
    return Actor(Kind.STAFF, table.programme_id, table.by, roles) if Role.COORDINATOR in roles else None


def mine(actor: Actor) -> QuerySet[Table]:
    """One's own lists, the latest first."""
    return open_to(actor, Permission.BRING_LIST, Table).order_by("-at", "id")


@dataclass(frozen=True)
class Column:
    """One column of a file, as it is shown to be named: its heading, the first few cells, and what it probably is."""

    place: int
    heading: str
    samples: list[str]
    guess: str


def columns(table: Table) -> list[Column]:
    """What the first rows show, in one leaf however long the list is."""
    first = head(table)
    names, below = (first[0][1], first[1:]) if first else ([], [])
    width = max((len(cells) for _number, cells in first), default=0)
    guesses = table.columns or _guessed(table, names, width)
    return [Column(place, _cell(names, place), _samples(below, place), _cell(guesses, place)) for place in range(width)]


def head(table: Table) -> list[tuple[int, list[str]]]:
    """The rows of the first leaf; none once they are gone."""
    leaf = Leaf.objects.filter(table=table).order_by("number").first()
    return list(leaf.rows or ()) if leaf is not None else []


def has_headings(table: Table) -> bool:
    """Whether the first row looks like the names of columns: one of them is known, or none holds a digit."""
    first = head(table)
    names = first[0][1] if first else []
    return any(_guessed(table, names, len(names))) or not any(sign.isdigit() for name in names for sign in name)


def _samples(below: list[tuple[int, list[str]]], place: int) -> list[str]:
    found = dict.fromkeys(_cell(cells, place) for _number, cells in below)
    return [cell for cell in found if cell][:SAMPLES]


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _guessed(table: Table, names: list[str], width: int) -> list[str]:
    """What a column of this name was taken for the last time, or what its name says in English or Spanish; each meaning once."""
    mark_of = {name: marks.of_heading(table.programme_id, table.kind, name) for name in names if name.strip()}
    known = {bytes(mark): field for mark, field in Heading.objects.filter(kind=table.kind, mark__in=mark_of.values()).values_list("mark", "field")}
    fields, taken, found = fields_of(table.kind), set(), []
    for place in range(width):
        name = _cell(names, place)
        guess = known.get(mark_of.get(name, b""))
        if guess is None:
            guess = next((field.name for field in fields.values() if name.strip() and field.is_called(name) and field.name not in taken), "")
        found.append("" if guess in taken or guess not in fields else guess)
        taken.add(guess)
    return found


@dataclass(frozen=True)
class Count:
    """How the rows stand; of each leaf once, without opening a word."""

    rows: int
    looked: int
    good: int
    wrong: int
    likely: int
    here: int
    made: int

    @property
    def left(self) -> int:
        return self.wrong + self.likely + self.here


def count(table: Table) -> Count:
    """In two questions, however long the list is, and without opening a word."""
    leaves = Leaf.objects.filter(table=table)
    said = leaves.aggregate(*(Sum(name, default=0) for name in ("good", "wrong", "likely", "here")))
    figures = {name.removesuffix("__sum"): figure for name, figure in said.items()}
    looked = min(leaves.filter(looked_at__isnull=False).count() * rows.EACH, table.length)
    return Count(rows=table.length, looked=looked, made=Made.objects.filter(table=table).count(), **figures)


@dataclass(frozen=True)
class Stopped:
    """One row that does not come in, with its faults: where, and what to do."""

    number: int
    how: str
    cells: list[str]
    faults: list[tuple[str, str]]


def stopped(table: Table) -> Iterator[Stopped]:
    """Every row that does not simply come in, leaf by leaf."""
    told = Q(wrong__gt=0) | Q(likely__gt=0) | Q(here__gt=0)
    for leaf in Leaf.objects.filter(told, table=table).order_by("number").iterator(chunk_size=10):
        ring.gather([leaf.pk])
        found = leaf.found or {}
        for number, cells in leaf.rows or () if found else ():
            if str(number) in found:
                said = found[str(number)]
                yield Stopped(number, said["how"], cells, [(rows.label_of(table, name), words) for name, words in said["faults"]])


def first_stopped(table: Table) -> list[Stopped]:
    return [one for one, _n in zip(stopped(table), range(SHOWN), strict=False)]


def as_file(table: Table, why: str, row: str) -> str:
    """The rows that did not come in, as a list that can be put right and brought again; two columns say where and why."""
    out = io.StringIO()
    out.write("\ufeff")
    lines = csv.writer(out)
    first = head(table)
    names: list[str] = first[0][1] if first and table.has_names and first[0][0] == table.first else [str(n + 1) for n in range(len(table.columns))]
    width = len(table.columns)
    lines.writerow([_neutral(_cell(names, place)) for place in range(width)] + [row, why])
    for one in stopped(table):
        faults = "; ".join(f"{label}: {words}" if label else words for label, words in one.faults)
        lines.writerow([_neutral(_cell(one.cells, place)) for place in range(width)] + [one.number, faults])
    return out.getvalue()


def _neutral(cell: str) -> str:
    return f"'{cell}" if cell.startswith(NEUTRAL) else cell


def stays(table: Table) -> list[Made]:
    """What could not be taken back, with its reference."""
    found = Made.objects.filter(table=table).select_related("referral", "case").order_by("row")
    return list(found[:SHOWN]) if table.stage == Stage.UNDONE else []


def may_undo(table: Table) -> bool:
    return bool(table.stage == Stage.DONE and table.brought_at and clock.now() <= table.brought_at + KEPT)


def undone_until(table: Table) -> Any:
    return table.brought_at + KEPT if table.brought_at else None
