from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import Actor, system
from setfair.journal.journey import move
from setfair.programmes.speaking import in_language

from . import actions, queries, rows
from .journey import Stage
from .models import Leaf, Made, Table
from .waking import WAKE, wake_worker

MOST = 100
SLICE = 20
"""Seconds after which the worker puts a long list down and looks at what else is owed."""


@app.periodic(cron="* * * * *")
@app.task(name=WAKE)
def go_on(timestamp: int | None = None, seconds: float = SLICE) -> None:
    """Look lists through, bring them in and take them back, as far as one slice reaches; then whoever is next.

    Every row, and every leaf that is looked through, is a transaction of its own. Whoever goes on after a fall begins where it was.
    """
    until = time.monotonic() + seconds
    for programme_id, table_id in queries.waiting(MOST):
        step = STEPS.get(_stage(programme_id, table_id), _let_words_go)
        step(programme_id, table_id, until)
        if time.monotonic() > until:
            wake_worker()
            return


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


def _look(programme_id: UUID, table_id: UUID, until: float) -> None:
    while time.monotonic() < until:
        with _at(programme_id, table_id) as (table, by):
            if table.stage != Stage.LOOKING:
                return
            if by is None:
                actions.put_away(table, by=system(programme_id))
                return
            leaf = _next(table, looked_at__isnull=True)
            if leaf is None:
                _close(table, Leaf.objects.filter(table=table, looked_at__isnull=True).exists(), Stage.LOOKED)
                return
            actions.look(table, leaf, by=by)


def _run(programme_id: UUID, table_id: UUID, until: float) -> None:
    while time.monotonic() < until:
        with _at(programme_id, table_id) as (table, by):
            leaf = _next(table, ran_at__isnull=True) if by is not None else None
            if leaf is None:
                if by is None or not Leaf.objects.filter(table=table, ran_at__isnull=True).exists():
                    actions.finish(table, by=system(programme_id))
                return
            found = rows.of_leaf(table, leaf)
        _run_leaf(programme_id, table_id, leaf.pk, found, until)


def _run_leaf(programme_id: UUID, table_id: UUID, leaf_id: UUID, found: list[rows.Row], until: float) -> None:
    """Row by row. Put down in the middle it is taken up from its first row, which is there already."""
    left = {}
    for row in found:
        if time.monotonic() > until:
            return
        with _at(programme_id, table_id) as (table, by):
            if by is None or not Leaf.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=leaf_id).exists():
                return
            why = actions.attempt(table, row, by=by)
        if why is not None:
            left[row.number] = why
    with _at(programme_id, table_id) as (table, by):
        leaf = Leaf.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=leaf_id).first()
        if leaf is not None and by is not None:
            actions.run_leaf(table, leaf, found, by=by, left=left)


def _take_back(programme_id: UUID, table_id: UUID, until: float) -> None:
    while time.monotonic() < until:
        with _at(programme_id, table_id) as (table, by):
            Table.objects.select_for_update(of=("self",)).get(pk=table_id)
            further = Made.objects.filter(table=table).select_related("case", "referral").order_by("-row")
            made = (further if table.undone_to is None else further.filter(row__lt=table.undone_to)).first()
            if made is None:
                actions.end_undoing(table, by=system(programme_id))
                return
            actions.take_back(made, by=by or system(programme_id))
            Table.objects.filter(pk=table_id).update(undone_to=made.row)


def _let_words_go(programme_id: UUID, table_id: UUID, until: float) -> None:
    """Seven days are over."""
    with _at(programme_id, table_id) as (table, _by):
        actions.put_away(table, by=system(programme_id))


def _next(table: Table, **which: bool) -> Leaf | None:
    """The first leaf in hand of nobody else."""
    return Leaf.objects.select_for_update(of=("self",), skip_locked=True).filter(table=table, **which).order_by("number").first()


def _close(table: Table, is_open: bool, stage: Stage) -> None:
    if not is_open:
        move(table, stage, by=system(table.programme_id))


STEPS: dict[str, Callable[[UUID, UUID, float], None]] = {Stage.LOOKING: _look, Stage.RUNNING: _run, Stage.UNDOING: _take_back}
