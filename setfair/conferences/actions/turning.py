"""The script, page by page."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.programmes.models import ScriptPage

from .. import queries
from ..journey import Stage
from ..models import Conference, PageTurn
from .hand import in_hand_of, put_in_hand
from .refusals import CannotGoOn
from .standing import held_stage, moment


@transaction.atomic
def turn_page(conference: Conference, *, by: Actor, page: int, at: datetime | None = None) -> PageTurn:
    """Open the script at a page, forward or back, for whoever holds it: two who press at once turn one page.

    Only that it was turned is kept, and when; nothing that is said.
    """
    if held_stage(conference) != Stage.LIVE:
        raise CannotGoOn(_("The script can be turned while the meeting is under way."))
    if not ScriptPage.objects.filter(script=conference.script_id, order=page).exists():
        raise CannotGoOn(_("The script has no such page."))
    last = PageTurn.objects.filter(conference=conference).order_by("-number").first()
    if last is not None and last.page == page:
        return last
    in_hand_of(conference, by=by)
    if queries.hand(conference) is None:
        put_in_hand(conference, by=by, at=at)
    turn = PageTurn.objects.create(conference=conference, page=page, by=by.id, at=moment(at))
    record("turned_page", turn, by=by, page=page)
    return turn
