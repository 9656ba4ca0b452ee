"""An address ends by itself: they wrote STOP, it was the wrong number, or it gave everything back. It ends for each who is reached there."""

from __future__ import annotations

from uuid import UUID

from setfair.core.actor import Actor
from setfair.letters.ends import End
from setfair.letters.marks import is_surely_one
from setfair.letters.models import Channel
from setfair.vault import ring

from .actions import reach
from .models import Contact
from .queries import value_of

WAYS = {Channel.EMAIL: Contact.Way.EMAIL, Channel.SMS: Contact.Way.SMS, Channel.PAPER: Contact.Way.POST}


def end_address(end: End, by: Actor) -> list[UUID]:
    """End this one address, and no other of theirs, for everybody of this programme who has it, with all that was due there. Who they are.

    Addresses are compared opened: what is one inbox may be spelled in many ways.
    """
    ways = {WAYS[Channel(channel)] for channel in end.channels} | ({Contact.Way.CALL} if end.is_a_strangers else set())
    there = list(Contact.objects.filter(way__in=ways, ended_at__isnull=True).select_related("person").order_by("person_id", "way"))
    ring.gather(contact.person_id for contact in there)
    ended = [contact for contact in there if is_surely_one(value_of(contact), end.address)]
    for contact in ended:
        reach(contact.person, by=by, way=contact.way, value="", case=end.case if contact.person_id == end.reader else None)
    return [contact.person_id for contact in ended]
