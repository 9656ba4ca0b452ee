"""In whose hand the script is: one turns its pages, and the others see them turn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import queries
from ..journey import Stage
from ..models import Conference, ScriptHand
from .refusals import CannotGoOn, InAnothersHand
from .standing import held_stage, moment


@transaction.atomic
def take_script(conference: Conference, *, by: Actor, at: datetime | None = None) -> ScriptHand:
    """From here on they turn the pages. Nobody is asked for it: the other's phone may be dead, and it goes back as it came."""
    if held_stage(conference) != Stage.LIVE:
        raise CannotGoOn(_("The script can be turned while the meeting is under way."))
    held = queries.hand(conference)
    return held if held is not None and held.user_id == by.known_id else put_in_hand(conference, by=by, at=at)


@transaction.atomic
def in_hand_of(conference: Conference, *, by: Actor) -> None:
    """Refuses whoever does not hold the script, by the name of who does. Before it begins it is in nobody's hand."""
    held = queries.hand(conference)
    if held is not None and held.user_id != by.id:
        raise InAnothersHand(held)


@transaction.atomic
def put_in_hand(conference: Conference, *, by: Actor, at: datetime | None = None) -> ScriptHand:
    """It is theirs, as of whoever begins; for `take_script` and its neighbours, which know that it may be."""
    hand = ScriptHand.objects.create(conference=conference, user_id=by.known_id, at=moment(at))
    record("took_script", hand, by=by)
    return hand
