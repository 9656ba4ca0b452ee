"""A way of whoever asked ends by itself: they wrote STOP, it was the wrong number, or the address gave everything back."""

from __future__ import annotations

from uuid import UUID

from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import withdraw_unsent_over

from .gate import WAY_OF
from .models import Referral


def end_way(reader: UUID, channel: str, by: Actor, case: UUID | None) -> bool:
    """End this way of whoever sent the request; False when the reader is no such person."""
    referral = Referral.objects.select_for_update(of=("self",)).filter(pk=reader).first()
    if referral is None:
        return False
    way = next(name for known, name in WAY_OF.items() if known == channel)
    referral.reach = {name: value for name, value in (referral.reach or {}).items() if name != way}
    referral.save(update_fields=["reach"])
    record("closed_way", referral, by=by, way=way)
    withdraw_unsent_over(channel, reader=reader, by=by)
    return True
