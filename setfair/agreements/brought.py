"""Promises that were written down in a room without network: what the device is told of the draft, and what becomes of them when they come in.

Where somebody wrote on the draft meanwhile, what came in stays beside it, and the team is asked (decision 167).
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.conferences.actions import CannotGoOn
from setfair.conferences.bringing import LATER, Later, Pressed
from setfair.conferences.models import Brought, Conference
from setfair.core.actor import Actor
from setfair.journal.journey import WrongStep

from . import actions, pages, queries
from .journey import Stage
from .models import Agreement, Item

WRITTEN = (Stage.DRAFTING, Stage.RESTS)


def told(conference: Conference, by: Actor) -> dict[str, Any]:
    """The promises as they are now, whether another can be written down, and by what it is known later that somebody else wrote meanwhile."""
    there = _there(conference)
    items = queries.items_of(there) if there is not None else []
    return {
        "key": _key(there, by),
        "may": there is None or there.stage in WRITTEN,
        "lines": [_line(item) for item in items],
        "makers": [{"who": str(p.pk), "name": p.person.first} for p in pages.speakers(conference.case)],
    }


def is_so(pressed: Pressed) -> bool:
    """A promise has the id of the press that wrote it."""
    return Item.objects.filter(pk=pressed.press).exists()


def stands_against(conference: Conference, by: Actor, pressed: Pressed) -> bool:
    """Whether the draft is another one than the device knew, but for what came from devices of the same person; or it comes from another
    circle; or words of any agreement are fixed by now: it may stand there already, and what is begun beside it is something else."""
    going_on = queries.live(conference.case)
    is_fixed = any(one.stage not in WRITTEN for one in going_on)
    is_anothers = any(one.stage == Stage.DRAFTING and one.conference_id != conference.pk for one in going_on)
    return is_fixed or is_anothers or _key(_there(conference), by) != pressed.detail


def promised(conference: Conference, by: Actor, pressed: Pressed | Brought) -> Item:
    """On the draft, which is begun if there is none; as the writer at the table does it, with the same refusals."""
    try:
        with transaction.atomic():
            agreement = actions.draft(conference.case, by=by)
            form = pages.promise_form(agreement, pressed.words)
            if not form.is_valid():
                raise CannotGoOn(" ".join(str(each) for errors in form.errors.values() for each in errors))
            return actions.promise(agreement, by=by, form_key=pressed.press, **form.promise())
    except (actions.CannotWrite, WrongStep) as reason:
        raise CannotGoOn(str(reason)) from reason


def device(brought: Brought) -> str:
    """As it was written on the device."""
    words, names = brought.words, {str(p.pk): p.person.first for p in pages.speakers(brought.conference.case)}
    who, whom = names.get(words.get("owner", ""), ""), names.get(words.get("owed_to", ""), "") or _("Everyone")
    due = _due(words)
    return f"{who}: {words.get('what', '')} " + (_more(due, whom) if due is not None else "")


def here(conference: Conference) -> str:
    """What stands on the agreement now; where there are several, on all of them."""
    items = (item for one in reversed(queries.live(conference.case)) for item in queries.items_of(one))
    return " · ".join(dict.fromkeys(f"{item.whose_first}: {item.what}" for item in items)) or _("No promise is written yet.")


def register() -> None:
    LATER[Brought.What.PROMISED] = Later(told, is_so, stands_against, promised, device, here)


def _there(conference: Conference) -> Agreement | None:
    """What is written on, as `actions.draft` finds it; else what stands already."""
    going_on = queries.live(conference.case)
    return min(going_on, key=lambda one: WRITTEN.index(one.stage) if one.stage in WRITTEN else len(WRITTEN), default=None)


def _key(there: Agreement | None, by: Actor) -> str:
    """Of what others wrote; nothing where nobody did."""
    mine = Brought.objects.filter(what=Brought.What.PROMISED, by=by.id).values("press")
    rows = Item.objects.filter(agreement=there).exclude(pk__in=mine).order_by("pk").values_list("pk", "edition") if there is not None else []
    each = [f"{pk}:{edition}" for pk, edition in rows]
    return sha256(" ".join(each).encode()).hexdigest()[:16] if each else ""


def _line(item: Item) -> dict[str, str]:
    whom = item.owed_to.person.first if item.owed_to is not None else _("Everyone")
    return {"key": str(item.pk), "who": item.whose_first, "what": item.what, "more": _more(item.due_on, whom)}


def _more(due_on: date, whom: str) -> str:
    return _("By %(day)s, for %(name)s") % {"day": date_format(due_on, "DATE_FORMAT"), "name": whom}


def _due(words: dict[str, str]) -> date | None:
    try:
        return parse_date(words.get("due_on", ""))
    except ValueError:
        return None
