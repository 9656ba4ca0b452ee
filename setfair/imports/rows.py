"""The rows of a list, read as the columns were named: what each says, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from setfair.vault import ring

from . import marks
from .kinds import OTHERWISE, fields_of
from .kinds.fields import Field, Unread, read
from .models import Leaf, Meaning, Table

EACH = 100
"""Rows in one leaf: what is opened at a time, and what a dead worker does again at most."""


@dataclass(frozen=True)
class Row:
    """`said` by the names of fields; `faults` of cells that cannot be read."""

    number: int
    cells: list[str]
    said: dict[str, str]
    faults: list[tuple[str, str]]


Meanings = Mapping[tuple[str, bytes], str]
"""What words mean that we do not know, by field and by what stands for the word."""


def meanings_of(table: Table) -> Meanings:
    """All that was ever said of lists of this kind, in one question."""
    rows = Meaning.objects.filter(kind=table.kind).values_list("field", "mark", "code")
    return {(field, bytes(mark)): code for field, mark, code in rows}


def read_row(table: Table, number: int, cells: Sequence[str], meanings: Meanings) -> Row:
    fields, said, faults = fields_of(table.kind), {}, []
    for name, cell in zip(table.columns, cells, strict=False):
        if name:
            try:
                said[name] = read(fields[name], cell, table.days)
            except Unread as reason:
                code = meanings.get((name, marks.of_word(table.programme_id, table.kind, name, cell)))
                if code is None:
                    faults.append((name, str(reason)))
                else:
                    said[name] = code
    constant = OTHERWISE.get(table.kind)
    if constant and table.otherwise and not said.get(constant):
        said[constant] = table.otherwise
    return Row(number, list(cells), {name: value for name, value in said.items() if value}, faults)


def of_leaf(table: Table, leaf: Leaf, meanings: Meanings | None = None) -> list[Row]:
    """Without the line that holds the names of columns."""
    known = meanings_of(table) if meanings is None else meanings
    return [read_row(table, number, cells, known) for number, cells in leaf.rows or () if not (table.has_names and number == table.first)]


def every_row(table: Table, before: int | None = None) -> Iterator[Row]:
    """Leaf by leaf, in order; with `before` only those of earlier leaves."""
    leaves = Leaf.objects.filter(table=table).order_by("number")
    if before is not None:
        leaves = leaves.filter(number__lt=before)
    meanings = meanings_of(table)
    for pk in list(leaves.values_list("pk", flat=True)):
        leaf = Leaf.objects.get(pk=pk)
        ring.gather([pk])
        yield from of_leaf(table, leaf, meanings)


def label_of(table: Table, name: str) -> str:
    """How a field is called on the screen; nothing for the row as a whole."""
    field: Field | None = fields_of(table.kind).get(name)
    return str(field.label) if field is not None else ""
