"""The dry run: each row is brought in by the very actions that would do it, and all of it is taken back before anybody could see it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from setfair.core import clock
from setfair.core.actor import Actor

from .. import marks
from ..kinds import KINDS
from ..kinds.judging import Here, Likely, NotSo
from ..models import Leaf, Made, Table
from ..rows import Row, every_row, of_leaf

CANNOT_BE_KEPT = _lazy("Something in this row cannot be kept as it is. Please add it by hand.")
WRONG, LIKELY, HERE, GOOD = "wrong", "likely", "here", "good"


class _NothingStays(Exception):
    """Rolls back what a trial has made."""


@dataclass
class Found:
    """What is said of the rows of a leaf: for each that does not simply come in, how it is and `[field, sentence]` of each fault."""

    rows: dict[str, Any] = field(default_factory=dict)
    prints: list[bytes] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {WRONG: 0, LIKELY: 0, HERE: 0, GOOD: 0})

    def say(self, row: Row, how: str, faults: list[tuple[str, str]]) -> None:
        self.counts[how] += 1
        self.rows[str(row.number)] = {"how": how, "faults": [list(fault) for fault in faults]}


@transaction.atomic
def look(leaf: Leaf, *, by: Actor) -> Leaf:
    """Try every row of this leaf and keep what was found. Nothing else is written; looked at twice, it says the same."""
    table, found = leaf.table, Found()
    rows = of_leaf(table, leaf)
    prints = {row.number: marks.of_row(table.programme_id, table.kind, row.said) for row in rows}
    cells = {row.number: marks.of_cells(table.programme_id, table.kind, row.cells) for row in rows}
    made = Made.objects.filter(Q(mark__in=list(prints.values())) | Q(cells__in=list(cells.values()))).values_list("mark", "cells")
    there = {bytes(mark) for known in made for mark in known if mark}
    earlier = _prints_of_others(table, leaf, list(prints.values()))
    names = _by_name(table, leaf, rows)
    for row in rows:
        mark = prints[row.number]
        here = Here(table, by, mark, is_trial=True)
        if mark in there or cells[row.number] in there:
            found.say(row, HERE, [("", _("This was brought in before."))])
        elif mark in earlier:
            found.say(row, HERE, [("", _("The same row stands further up."))])
        else:
            _try(table, row, here, found, names)
        earlier.add(mark)
        found.prints.append(mark)
    leaf.found, leaf.prints, leaf.looked_at = found.rows, found.prints, clock.now()
    for how, count in found.counts.items():
        setattr(leaf, how, count)
    leaf.save(update_fields=["found", "prints", "looked_at", *found.counts])
    return leaf


def _try(table: Table, row: Row, here: Here, found: Found, names: dict[tuple[str, str], Row]) -> None:
    if row.faults:
        return found.say(row, WRONG, row.faults)
    kind = KINDS[table.kind]
    try:
        with transaction.atomic():
            leans = kind.leans_on(row.said) if hasattr(kind, "leans_on") else None
            if leans in names and names[leans].number < row.number:
                kind.make(names[leans].said, replace(here, takes_likely=True))
            kind.make(row.said, here)
            raise _NothingStays
    except _NothingStays:
        found.counts[GOOD] += 1
    except NotSo as reason:
        found.say(row, WRONG, reason.faults)
    except Likely as reason:
        found.say(row, LIKELY, [("", str(reason))])
    except (DataError, IntegrityError, ValueError):
        found.say(row, WRONG, [("", str(CANNOT_BE_KEPT))])


def _prints_of_others(table: Table, leaf: Leaf, prints: list[bytes]) -> set[bytes]:
    """Those of these that stand in an earlier leaf too."""
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, [table.pk, leaf.number, prints])
        return {bytes(mark) for (mark,) in cursor.fetchall()}


EARLIER = """
    SELECT DISTINCT mark FROM imports_leaf, unnest(prints) mark WHERE table_id = %s AND number < %s AND mark = ANY (%s::bytea[])
"""


def _by_name(table: Table, leaf: Leaf, rows: list[Row]) -> dict[tuple[str, str], Row]:
    """Whom a row of this leaf may lean on: those further up in the list, where a kind knows such a thing."""
    kind = KINDS[table.kind]
    if not hasattr(kind, "leans_on") or not any(kind.leans_on(row.said) for row in rows):
        return {}
    return {kind.known_as(row.said): row for row in [*rows, *every_row(table, before=leaf.number)]}
