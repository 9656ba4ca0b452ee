"""A letter to whoever asked."""

from __future__ import annotations

from collections.abc import Callable

from setfair.core.actor import Actor
from setfair.core.text import TellingWords
from setfair.journal.actions import record
from setfair.letters.actions import Address, Words, write
from setfair.programmes.models import Programme
from setfair.programmes.speaking import in_language

from . import letters
from .models import Referral


def send(words: Words, to: Address, referral: Referral, key: str, *, by: Actor) -> bool:
    """Whether it goes. A request is never lost because of a letter: one whose words would say too much stays behind, and the journal says so."""
    try:
        write(words, to=to, reader=referral.pk, key=key, by=by)
    except TellingWords:
        record("left_unsaid", referral, by=by, channel=to.channel)
        return False
    return True


def hear_of_it(referral: Referral, by: Actor, with_room: Callable[[Programme], Words], *, about: str = "") -> bool:
    """Have whoever asked hear that there is an answer. False where nobody can be written to: then somebody has to tell them.

    Whoever asked not to be contacted comes back with their code.
    """
    if (referral.reach or {}).get("none"):
        return True
    way, programme = letters.way_to(referral), referral.programme
    if way is None:
        return False
    with in_language(referral.language):
        words = with_room(programme) if way.has_room else letters.news(programme)
        return send(words, way.address, referral, about or f"request-{referral.stage}:{referral.pk}", by=by)
