"""What lies on the table while it is written: the promises as they are now, for everyone in the circle (screens.md W13)."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.conferences.live.state import WRITING, Kind, State, join
from setfair.conferences.models import Conference
from setfair.programmes.models import ScriptPage

from .journey import Stage
from .models import Item, Reach
from .names import between, makers
from .queries import with_names
from .reach import between_others


def gathered(conference: Conference, page: ScriptPage) -> list[Item]:
    """Of the version that is being written or signed in this circle; nobody reads a promise there before the room has heard it."""
    if page.phase not in WRITING:
        return []
    promises = Item.objects.filter(agreement__conference=conference, agreement__stage__in=(Stage.DRAFTING, Stage.SIGNING))
    return with_names(promises.order_by("agreement__number", "order"))


def said(state: State, items: list[Item]) -> list[dict[str, Any]]:
    """What everybody reads; that there is more between some of them has no words here, whoever looks on."""
    if not items:
        return []  # what people are called is opened for those who read it
    names, by = between(state.people), _("By %(day)s.")
    every = [_line(item, names, by % {"day": date_format(item.due_on, "DATE_FORMAT")}) for item in items if item.reach == Reach.ALL]
    more = between_others(len(items) - len(every))
    return [*every, {"who": "", "what": more, "much": "", "by": ""}] if more else every


def _line(item: Item, names: dict[str, str], by: str) -> dict[str, str]:
    return {"who": makers(item, names), "what": item.what, "much": item.how_much, "by": by}


def register() -> None:
    join("draft", gathered, said, Kind.TABLE)
