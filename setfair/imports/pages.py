"""What the pages of a list show."""

from __future__ import annotations

from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from setfair.core.actor import Actor

from . import queries, words
from .forms import ColumnsForm, MeaningsForm, RunForm
from .journey import BUSY, Stage
from .kinds import KINDS, fields_of, words_of
from .models import Table
from .unknown import words_in

__all__ = ["BUSY", "columns_form", "every", "example", "meanings_form", "new", "of", "template"]

LATEST = 20
TEMPLATES = {
    Stage.NAMING: "imports/columns.html",
    Stage.LOOKED: "imports/looked.html",
    Stage.DONE: "imports/done.html",
    Stage.UNDONE: "imports/done.html",
}


def every(actor: Actor) -> dict[str, Any]:
    kinds = [{"code": kind.value, "label": kind.label, "words": words.TOLD[kind]} for kind in Table.Kind]
    return {"kinds": kinds, "mine": list(queries.mine(actor)[:LATEST]), "head": [_("List"), _("Brought"), _("Rows"), _("Stands at")]}


def new(kind: str) -> dict[str, Any]:
    _known(kind)
    return {"kind": Table.Kind(kind), "told": words.TOLD[Table.Kind(kind)], "fields": list(fields_of(kind).values()), "steps": steps(0)}


def steps(now: int) -> list[dict[str, Any]]:
    """The three steps of bringing a list in."""
    names = [_("The file"), _("Its columns"), _("Look and bring in")]
    return [{"label": name, "state": "now" if place == now else "done" if place < now else "next"} for place, name in enumerate(names)]


def example(kind: str) -> list[list[str]]:
    """The line of names, in the language of the page, and a row that is nobody's."""
    _known(kind)
    row: dict[str, str] = KINDS[kind].EXAMPLE
    fields = fields_of(kind)
    return [[str(field.label) for field in fields.values()], [row.get(name, "") for name in fields]]


def columns_form(table: Table, data: QueryDict | None) -> ColumnsForm | None:
    if table.stage != Stage.NAMING:
        return None
    return ColumnsForm(data, table=table, columns=queries.columns(table))


def meanings_form(table: Table, data: QueryDict | None = None) -> MeaningsForm | None:
    """Nothing, where every word is known, or the list does not stand at the point at which this is said."""
    words = words_in(table) if table.stage == Stage.LOOKED else []
    return MeaningsForm(data, words=words) if words else None


def template(table: Table) -> str:
    return TEMPLATES.get(Stage(table.stage), "imports/busy.html" if table.stage in BUSY else "imports/away.html")


def of(table: Table, form: ColumnsForm | None) -> dict[str, Any]:
    count = queries.count(table)
    page: dict[str, Any] = {"table": table, "count": count, "form": form}
    if table.stage == Stage.NAMING:
        return page | {"steps": steps(1), "fields": list(fields_of(table.kind).values())}
    if table.stage == Stage.LOOKED:
        page |= {"steps": steps(2), "run": RunForm(), "meanings": meanings_form(table)}
    rows = queries.first_stopped(table) if count.left and table.stage in (Stage.LOOKED, Stage.DONE, Stage.UNDONE) else []
    return page | {
        "stopped": rows,
        "more": count.left - len(rows),
        "head": [_("Row"), _("What is wrong")],
        "words": words_of(table.kind, table.programme, table.columns) if rows else [],
        "may_undo": queries.may_undo(table),
        "until": queries.undone_until(table),
        "stays": queries.stays(table),
    }


def _known(kind: str) -> None:
    if kind not in Table.Kind.values:
        raise Http404
