"""What lies on the table while it is written: the promises as they are now, for everyone in the circle (screens.md W13)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.conferences.live.state import WRITING, Kind, State, join
from setfair.conferences.models import Conference
from setfair.programmes.models import ScriptPage

from . import tongues
from .journey import Stage
from .models import Item, Reach, Translation
from .names import between, makers
from .queries import all_translations, put_of, with_names
from .reach import between_others

Put = dict[tuple[UUID, str], Translation]


def gathered(conference: Conference, page: ScriptPage) -> tuple[list[Item], Put]:
    """Of the version that is being written or signed in this circle, in every language into which it was put; nobody reads a promise there
    before the room has heard it."""
    if page.phase not in WRITING:
        return [], {}
    promises = Item.objects.filter(agreement__conference=conference, agreement__stage__in=(Stage.DRAFTING, Stage.SIGNING))
    items = with_names(promises.order_by("agreement__number", "order"))
    return items, all_translations(items) if items else {}


def said(state: State, told: tuple[list[Item], Put]) -> list[dict[str, Any]]:
    """What everybody reads; that there is more between some of them has no words here, whoever looks on."""
    items, put = told
    if not items:
        return []  # what people are called is opened for those who read it
    names, by = between(state.people), _("By %(day)s.")
    every = [_line(item, names, by % {"day": date_format(item.due_on, "DATE_FORMAT")}, put) for item in items if item.reach == Reach.ALL]
    more = between_others(len(items) - len(every))
    return [*every, {"who": "", "what": more, "much": "", "by": ""}] if more else every


def _line(item: Item, names: dict[str, str], by: str, put: Put) -> dict[str, str]:
    there = put.get((item.pk, tongues.now())) if tongues.now() != tongues.written_in(item) else None
    line = {"who": makers(item, names), "what": there.what if there else item.what, "much": item.how_much, "by": by}
    return line | in_both(item, there) if there else line


def in_both(item: Item, there: Translation) -> dict[str, str]:
    """That these words were put into the reader's language, and those that were written."""
    both = put_of(item, there)
    return {"note": both.note, "label": both.label, "written": item.what, "tongue": both.written_in}


def register() -> None:
    join("draft", gathered, said, Kind.TABLE)
