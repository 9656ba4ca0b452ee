"""Words of a list that we do not know, in columns that take known words only: each once, with what it was said to mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, Value, When

from setfair.vault import ring

from . import marks
from .kinds import choices_of, fields_of
from .kinds.fields import Field, Unread, read
from .models import Leaf, Table
from .rows import meanings_of

LEAVES, MOST = 50, 30
"""So many leaves are opened for it, those with something wrong first, and so many words shown; when these have their meaning the next come up."""


@dataclass(frozen=True, eq=False)
class Word:
    """One of them as it stands in the list. `meaning` is the code it was given; None while nobody has said what it is."""

    field: Field
    said: str
    mark: bytes
    meaning: str | None
    choices: list[tuple[str, str]]

    @property
    def key(self) -> str:
        """By which a form knows it again, whatever else was said meanwhile."""
        return f"{self.field.name}-{self.mark[:12].hex()}"


def words_in(table: Table) -> list[Word]:
    """Those of nobody's meaning first."""
    meanings, found = meanings_of(table), {}
    for field, said in _unread(table):
        mark = marks.of_word(table.programme_id, table.kind, field.name, said)
        if (field.name, mark) not in found:
            found[field.name, mark] = Word(field, said, mark, meanings.get((field.name, mark)), choices_of(table.kind, field, table.programme))
    return sorted(found.values(), key=lambda word: word.meaning is not None)[:MOST]


def _unread(table: Table) -> Iterator[tuple[Field, str]]:
    fields = fields_of(table.kind)
    named = [(place, fields[name]) for place, name in enumerate(table.columns) if name and fields[name].takes_words]
    if not named:
        return
    wrong_first = Case(When(wrong__gt=0, then=Value(0)), default=Value(1))
    leaves = list(Leaf.objects.filter(table=table).order_by(wrong_first, "number")[:LEAVES])
    ring.gather([leaf.pk for leaf in leaves])
    for leaf in leaves:
        for number, cells in leaf.rows or ():
            if not (table.has_names and number == table.first):
                yield from ((field, cells[place].strip()) for place, field in named if place < len(cells) and _is_unread(field, cells[place]))


def _is_unread(field: Field, cell: str) -> bool:
    try:
        read(field, cell, "")
    except Unread:
        return True
    return False
