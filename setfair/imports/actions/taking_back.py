"""Undo: what a list made goes again, rows and keys, as long as nobody has done anything with it. What cannot go is told."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Case
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.keeping.numbers import keep_the_number
from setfair.referrals.models import Referral
from setfair.vault.shredding import shred

from ..journey import Stage
from ..models import KEPT, Made, Table
from ..waking import wake_worker
from .bringing import CannotBring


@transaction.atomic
def begin_undoing(table: Table, *, by: Actor) -> Table:
    """Have the worker take back what this list made, the last row first."""
    if table.brought_at is None or clock.now() > table.brought_at + KEPT:
        raise CannotBring(_("This can be taken back for seven days. They are over."))
    move(table, Stage.UNDOING, by=by)
    wake_worker()
    return table


@transaction.atomic
def take_back(made: Made, *, by: Actor) -> bool:
    """Remove what came of one row. False where something was done with it since: then it stays, whole. The database looks by itself."""
    try:
        with transaction.atomic():
            thing, refs = _numbers(made)
            record("took_back", thing, by=by)
            with connection.cursor() as cursor:
                cursor.execute("SELECT imports_take_back(%s)", [made.pk])
                (gone,) = cursor.fetchone()
            shred(gone)
            for model, ref in refs:
                keep_the_number(made.programme_id, model, ref)
    except IntegrityError as fault:
        diagnosis: Any = fault.__cause__
        if diagnosis.diag.constraint_name != "imports_touched":
            raise
        return False
    return True


def _numbers(made: Made) -> tuple[Case | Referral, list[tuple[type[Case | Referral], str]]]:
    """What it is about, and the numbers that nobody else is to be given."""
    if made.referral is not None:
        return made.referral, [(Referral, made.referral.ref)]
    if made.case is None:
        raise ValueError("A row made nothing.")
    return made.case, [] if made.participation_id else [(Case, made.case.ref)]


@transaction.atomic
def end_undoing(table: Table, *, by: Actor) -> Table:
    """Every row had its turn to go; how many stay is written down."""
    move(table, Stage.UNDONE, by=by)
    record("undid_list", table, by=by, stays=Made.objects.filter(table=table).count())
    return table
