"""The console on a device, for a room without network."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..journey import Stage
from ..models import Conference, TakenAlong
from .refusals import CannotGoOn
from .standing import held_stage


@transaction.atomic
def take_along(conference: Conference, *, by: Actor) -> TakenAlong:
    """First names, roles and the script lie on a device of theirs from here on: the history says so, whatever becomes of the device."""
    if held_stage(conference) not in (Stage.PLANNED, Stage.LIVE):
        raise CannotGoOn(_("This meeting is over."))
    taken = TakenAlong.objects.create(conference=conference, user_id=by.known_id)
    record("took_along", taken, by=by)
    return taken
