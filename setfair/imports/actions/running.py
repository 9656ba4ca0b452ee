"""The run: row by row, each in a transaction of its own with the row that remembers it, so that whoever goes on after a fall does none twice."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.vault.shredding import shred

from .. import marks
from ..journey import Stage
from ..kinds import KINDS
from ..kinds.judging import Here, Likely, NotSo
from ..models import Leaf, Made, Table
from ..rows import Row
from .looking import CANNOT_BE_KEPT, HERE, LIKELY, WRONG

Why = tuple[str, list[tuple[str, str]]]
"""How a row stays out, and each fault by the name of its field."""


@transaction.atomic
def bring_row(row: Row, *, by: Actor, table: Table) -> Made:
    """Make what this row says, once. Raises `NotSo` or `Likely`; what was brought in before, by this list or another, is handed back."""
    mark = marks.of_row(table.programme_id, table.kind, row.said)
    cells = marks.of_cells(table.programme_id, table.kind, row.cells)
    there = Made.objects.filter(Q(mark=mark) | Q(cells=cells)).first()
    if there is not None:
        return there
    if row.faults:
        raise NotSo(row.faults)
    came = KINDS[table.kind].make(row.said, Here(table, by, mark, takes_likely=table.takes_likely))
    number = row.said.get("number")
    line = record("brought_in", came.subject, by=by)
    return Made.objects.create(
        table=table,
        row=row.number,
        mark=mark,
        cells=cells,
        own_number=marks.of_own_number(table.programme_id, number) if number else None,
        line=line.pk,
        **came.kept,
    )


@transaction.atomic
def attempt(row: Row, *, by: Actor, table: Table) -> Why | None:
    """Bring one row in, or say how it stays out."""
    try:
        made = bring_row(row, by=by, table=table)
    except NotSo as reason:
        return WRONG, reason.faults
    except Likely as reason:
        return LIKELY, [("", str(reason))]
    except (DataError, IntegrityError, ValueError):
        return WRONG, [("", str(CANNOT_BE_KEPT))]
    if made.table_id == table.pk and made.row == row.number:
        return None
    return HERE, [("", _("This was brought in before."))]


@transaction.atomic
def close_leaf(leaf: Leaf, *, by: Actor, left: Mapping[int, Why]) -> None:
    """Of its words stay only those of rows that did not come in; `left` says why of each. The journal has a line for each that did."""
    if not left:
        key = leaf.pk
        leaf.delete()
        shred([key])
        return
    leaf.rows = [[number, cells] for number, cells in leaf.rows or () if number in left]
    leaf.found = {str(number): {"how": how, "faults": [list(fault) for fault in faults]} for number, (how, faults) in left.items()}
    for how in (WRONG, LIKELY, HERE):
        setattr(leaf, how, sum(one == how for one, _faults in left.values()))
    leaf.good, leaf.ran_at = 0, clock.now()
    leaf.save()


@transaction.atomic
def finish(table: Table, *, by: Actor) -> Table:
    """Every row has had its turn."""
    made = Made.objects.filter(table=table).count()
    Table.objects.filter(pk=table.pk).update(brought_at=clock.now())
    move(table, Stage.DONE, by=by)
    record("ran_list", table, by=by, made=made)
    return table
