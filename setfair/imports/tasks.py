from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import Actor, system
from setfair.core.lines import LONG
from setfair.journal.journey import move
from setfair.programmes.speaking import in_language

from . import actions, queries, rows
from .journey import Stage
from .models import Leaf, Made, Table
from .waking import WAKE, wake_worker

MOST = 100
log = logging.getLogger(__name__)
SLICE = 20
"""Seconds after which the worker puts a long list down and looks at what else is owed."""


@app.periodic(cron="* * * * *")
@app.task(name=WAKE, queue=LONG, queueing_lock=WAKE)
def go_on(timestamp: int | None = None, seconds: float = SLICE) -> None:
    """Look lists through, bring them in and take them back, each that waits for an equal part of one slice; then whoever is next.

    Every row, and every leaf that is looked through, is a transaction of its own. Whoever goes on after a fall begins where it was.
    """
    waiting = queries.waiting(MOST)
    parts = [_go_on_with(*one, seconds / len(waiting)) for one in waiting]
    if any(parts):
        wake_worker()


def _go_on_with(programme_id: UUID, table_id: UUID, seconds: float) -> bool:
    """At least one step of this list; says whether its time was over before it was."""
    until = time.monotonic() + seconds
    try:
        while STEPS.get(_stage(programme_id, table_id), _let_words_go)(programme_id, table_id):
            if time.monotonic() > until:
                return True
    except Exception as fault:  # whatever it is, its words may be somebody's; one list holds up no other
        log.warning("A list could not be gone on with: %s", type(fault).__name__)
    return False


def _stage(programme_id: UUID, table_id: UUID) -> str:
    with tenant.inside(programme_id):
        return str(Table.objects.values_list("stage", flat=True).get(pk=table_id))


@contextmanager
def _at(programme_id: UUID, table_id: UUID) -> Iterator[tuple[Table, Actor | None]]:
    """One stay with this list, in the day and the language of whoever brought it."""
    with tenant.inside(programme_id):
        table = Table.objects.select_related("programme").get(pk=table_id)
        with timezone.override(table.programme.zone), in_language(table.language):
            yield table, queries.whose(table)


def _look(programme_id: UUID, table_id: UUID) -> bool:
    """One leaf."""
    with _at(programme_id, table_id) as (table, by):
        if by is None:
            actions.put_away(table, by=system(programme_id))
            return False
        leaf = _next(table, looked_at__isnull=True)
        if leaf is not None:
            actions.look(leaf, by=by)
        elif not Leaf.objects.filter(table=table, looked_at__isnull=True).exists():
            move(table, Stage.LOOKED, by=system(programme_id))
        return leaf is not None


def _run(programme_id: UUID, table_id: UUID) -> bool:
    """One leaf, row by row. After a fall it is taken up from its first row, which is there already."""
    with _at(programme_id, table_id) as (table, by):
        leaf = _next(table, ran_at__isnull=True) if by is not None else None
        if leaf is None:
            if by is None or not Leaf.objects.filter(table=table, ran_at__isnull=True).exists():
                actions.finish(table, by=system(programme_id))
            return False
        found = rows.of_leaf(table, leaf)
    left = {}
    for row in found:
        with _at(programme_id, table_id) as (table, by):
            if by is None or _in_hand(leaf.pk) is None:
                return False
            why = actions.attempt(row, by=by, table=table)
        if why is not None:
            left[row.number] = why
    with _at(programme_id, table_id) as (table, by):
        held = _in_hand(leaf.pk)
        if held is not None and by is not None:
            actions.close_leaf(held, by=by, left=left)
    return True


def _take_back(programme_id: UUID, table_id: UUID) -> bool:
    """What came of one row, the last one first."""
    with _at(programme_id, table_id) as (table, by):
        Table.objects.select_for_update(of=("self",)).get(pk=table_id)
        further = Made.objects.filter(table=table).select_related("case", "referral").order_by("-row")
        made = (further if table.undone_to is None else further.filter(row__lt=table.undone_to)).first()
        if made is None:
            actions.end_undoing(table, by=system(programme_id))
            return False
        actions.take_back(made, by=by or system(programme_id))
        Table.objects.filter(pk=table_id).update(undone_to=made.row)
        return True


def _let_words_go(programme_id: UUID, table_id: UUID) -> bool:
    """Seven days are over."""
    with _at(programme_id, table_id) as (table, _by):
        actions.put_away(table, by=system(programme_id))
    return False


def _next(table: Table, **which: bool) -> Leaf | None:
    """The first leaf in hand of nobody else."""
    leaf = Leaf.objects.select_for_update(of=("self",), skip_locked=True).filter(table=table, **which).order_by("number").first()
    if leaf is not None:
        leaf.table = table
    return leaf


def _in_hand(leaf_id: UUID) -> Leaf | None:
    """The same one, as long as nobody else has it and it was not finished meanwhile."""
    return Leaf.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=leaf_id, ran_at__isnull=True).first()


STEPS: dict[str, Callable[[UUID, UUID], bool]] = {Stage.LOOKING: _look, Stage.RUNNING: _run, Stage.UNDOING: _take_back}
"""Each does one step, and says whether another of the same kind may follow."""
