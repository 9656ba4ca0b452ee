"""The card that tells somebody what was arranged for them."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from setfair.cases.models import Participation

from .arranged import Arrangement
from .home import Card
from .queries.arranging import latest


def card_of(me: Participation) -> Card | None:
    """There only once something is arranged. It names nobody."""
    there = [row for row in latest(me).values() if row.state == Arrangement.State.BOOKED]
    if not there:
        return None
    return Card(_("What we have arranged for you"), lines=tuple((capfirst(str(row.get_kind_display())), _language(row)) for row in there))


def _language(row: Arrangement) -> str:
    return str(row.get_language_display()) if row.language else _("arranged")
