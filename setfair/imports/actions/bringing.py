"""What whoever brings a list does with it: bring it, name its columns, have it run, put it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.vault.shredding import shred

from .. import marks
from ..journey import Stage
from ..kinds import OTHERWISE, fields_of
from ..kinds.fields import NOTHING
from ..models import Heading, Leaf, Meaning, Table
from ..rows import EACH
from ..unknown import Word
from ..waking import wake_worker


class CannotBring(Exception):
    """The list cannot be taken like this; the sentence says why."""


@transaction.atomic
def bring(*, by: Actor, kind: str, rows: Sequence[tuple[int, list[str]]], language: str) -> Table:
    """Keep the rows of a file, sealed, until somebody has said what its columns are. Nothing comes of them yet."""
    if kind not in Table.Kind.values or not rows:
        raise CannotBring(_("There is nothing in this file."))
    table = Table.objects.create(kind=kind, rows=len(rows), first=rows[0][0], language=language, by=by.known_id)
    for number in range(0, len(rows), EACH):
        Leaf.objects.create(table=table, number=number // EACH, rows=[list(row) for row in rows[number : number + EACH]])
    record("brought_list", table, by=by, kind=kind, rows=len(rows))
    return table


@transaction.atomic
def name(table: Table, *, by: Actor, columns: Sequence[str], has_names: bool, headings: Sequence[str], days: str, otherwise: str = "") -> Table:
    """Say what each column is, and have every row looked at by the worker. The next list with these names is understood by itself."""
    fields = fields_of(table.kind)
    chosen = [column for column in columns if column]
    if not set(chosen) <= set(fields) or len(chosen) != len(set(chosen)):
        raise CannotBring(_("Two columns have the same meaning. Please choose one of them."))
    missing = [str(field.label) for field in fields.values() if field.needed and field.name not in chosen]
    if missing:
        raise CannotBring(_("Please say which column this is: %(names)s.") % {"names": ", ".join(missing)})
    constant = OTHERWISE.get(table.kind)
    if constant and constant not in chosen and not otherwise:
        raise CannotBring(_("Please choose what stands for every row: %(name)s.") % {"name": fields[constant].label})
    if has_names and table.rows < 2:
        raise CannotBring(_("There is nothing in this file but the names of its columns."))
    said = {"columns": list(columns), "has_names": has_names, "days": days, "otherwise": otherwise}
    Table.objects.filter(pk=table.pk).update(**said)
    for key, value in said.items():
        setattr(table, key, value)
    if has_names:
        _remember(table, columns, headings)
    _look_anew(table, by)
    return table


@transaction.atomic
def name_again(table: Table, *, by: Actor) -> Table:
    """Back to the columns."""
    return move(table, Stage.NAMING, by=by)


@transaction.atomic
def mean(table: Table, *, by: Actor, meanings: Mapping[Word, str]) -> Table:
    """Say what words of this list mean, for this one and the programme's next; every row is looked at anew, and still nothing comes in."""
    for word, code in meanings.items():
        if code != NOTHING and code not in dict(word.choices):
            raise CannotBring(_("This cannot be chosen here."))
        Meaning.objects.update_or_create(kind=table.kind, field=word.field.name, mark=word.mark, defaults={"code": code})
    _look_anew(table, by)
    return table


def _look_anew(table: Table, by: Actor) -> None:
    Leaf.objects.filter(table=table).update(found=None, prints=[], looked_at=None, good=0, wrong=0, likely=0, here=0)
    move(table, Stage.LOOKING, by=by)
    wake_worker()


@transaction.atomic
def run(table: Table, *, by: Actor, takes_likely: bool) -> Table:
    """Have the worker bring in each row that can come in."""
    Table.objects.filter(pk=table.pk).update(takes_likely=takes_likely)
    table.takes_likely = takes_likely
    move(table, Stage.RUNNING, by=by)
    wake_worker()
    return table


@transaction.atomic
def put_away(table: Table, *, by: Actor) -> Table:
    """Nothing comes of it, and its words go now. Of one that was run only the words of what stayed out are left to go.

    Rows that the worker has in its hand go as it lets go of them: whoever waited for it would wait for row after row.
    """
    if Stage.DROPPED in Table.JOURNEY[Stage(table.stage)]:
        move(table, Stage.DROPPED, by=by)
        wake_worker()
    return tear(table, by=by)


@transaction.atomic
def tear(table: Table, *, by: Actor) -> Table:
    """The words of the file go, and their keys, but for what somebody holds."""
    leaves = list(Leaf.objects.select_for_update(of=("self",), skip_locked=True).filter(table=table).values_list("pk", flat=True))
    if leaves:
        Leaf.objects.filter(pk__in=leaves).delete()
        shred(leaves)
        record("tore_list", table, by=by)
    return table


def _remember(table: Table, columns: Sequence[str], headings: Sequence[str]) -> None:
    for heading, field in zip(headings, columns, strict=False):
        if heading.strip():
            mark = marks.of_heading(table.programme_id, table.kind, heading)
            Heading.objects.update_or_create(kind=table.kind, mark=mark, defaults={"field": field})
