"""A letter to whoever asked."""

from __future__ import annotations

from setfair.core.actor import Actor
from setfair.core.text import TellingWords
from setfair.journal.actions import record
from setfair.letters.actions import Address, Words, write

from .models import Referral


def send(words: Words, to: Address, referral: Referral, key: str, *, by: Actor) -> bool:
    """Whether it goes. A request is never lost because of a letter: one whose words would say too much stays behind, and the journal says so."""
    try:
        write(words, to=to, reader=referral.pk, key=key, by=by)
    except TellingWords:
        record("left_unsaid", referral, by=by, channel=to.channel)
        return False
    return True
