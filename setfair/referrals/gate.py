"""May this letter go to whoever asked, there, and now? Only where they said so, and by day."""

from __future__ import annotations

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.hours import first_moment
from setfair.letters.gate import FREE, Barrier, Verdict
from setfair.letters.marks import line_of
from setfair.letters.models import Channel, Letter

from .models import Referral

WAY_OF = {Channel.EMAIL: "email", Channel.SMS: "sms", Channel.PAPER: "post"}


def asked(letter: Letter, by: Actor) -> Verdict:
    """Asked of letters to whoever sent a request; no way of theirs is used once they asked not to be contacted."""
    referral = Referral.objects.filter(pk=letter.reader_id).select_related("programme").first()
    if referral is None:
        return FREE
    said = referral.reach or {}
    known = "" if said.get("none") else str(said.get(WAY_OF[Channel(letter.channel)]) or "")
    if not known or line_of(known) != line_of(letter.address):
        return Verdict(Barrier.NOT_ALLOWED)
    if letter.channel == Channel.PAPER:
        return FREE
    now, here = clock.now(), referral.programme
    at = first_moment(now, here.zone, here.by_day)
    return FREE if at is None or at <= now else Verdict(at=at)
