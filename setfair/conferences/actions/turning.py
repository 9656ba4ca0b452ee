"""The script, page by page."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.core.moulds import Mould, together
from setfair.journal.actions import record
from setfair.programmes.models import ScriptPage

from .. import queries
from ..journey import Stage
from ..models import Conference, PageTurn
from .hand import put_in_hand
from .refusals import CannotGoOn, InAnothersHand
from .standing import held_stage, moment


@transaction.atomic
def turn_page(conference: Conference, *, by: Actor, page: int, at: datetime | None = None) -> PageTurn:
    """Open the script at a page, forward or back, for whoever holds it: two who press at once turn one page.

    Only that it was turned is kept, and when; nothing that is said.
    """
    if held_stage(conference) != Stage.LIVE:
        raise CannotGoOn(_("The script can be turned while the meeting is under way."))
    here = {"conference": conference.pk}
    there, last, held = together(
        THERE.asking(values={"script": conference.script_id}, page=page), LAST.asking(values=here), queries.HAND.asking(values=here)
    )
    if not there:
        raise CannotGoOn(_("The script has no such page."))
    if last and last[0].page == page:
        return last[0]
    if not held:
        put_in_hand(conference, by=by, at=at)
    elif held[0].user_id != by.id:
        raise InAnothersHand(held[0])
    turn = PageTurn.objects.create(conference=conference, page=page, by=by.id, at=moment(at))
    record("turned_page", turn, by=by, page=page)
    return turn


THERE = Mould(lambda *, script, page: ScriptPage.objects.filter(script=script, order=page).values_list("pk"))
LAST = Mould(lambda *, conference: PageTurn.objects.filter(conference=conference).order_by("-number")[:1])
