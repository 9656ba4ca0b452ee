"""What stands between a letter and its reader: asked when it is written, and again in the moment before it goes.

The letters themselves know addresses and nothing of people. A later floor that knows
why something must not go there, or not now, registers one function at start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from setfair.core.actor import Actor

from .models import Channel, Letter


class Barrier(StrEnum):
    """Why a letter goes nowhere over this way; what it leaves in `Letter.trouble`."""

    NOBODY = "nobody"  # there is no address, and no address means nobody
    NOT_ALLOWED = "not_allowed"  # they did not say that this way is safe
    NO_WORD_YET = "no_word_yet"  # it was named on their own page, and nobody has spoken with them since
    NEVER = "never"  # no hour is left in which it may go
    APART = "apart"  # somebody who must have no contact with them reads there, or did what it is about
    OTHER_SIDE = "other_side"  # somebody of the other side of the case reads there
    NO_AUTHORITY = "no_authority"  # a parent or guardian who may not decide for them reads there
    BOUNCED = "bounced"  # the address gave it back
    CLOSED_PLACE = "closed_place"  # it leads to a page, and they are where no page of ours is opened


@dataclass(frozen=True)
class Verdict:
    """What one floor says of one letter: nothing, `barrier` for never over this way, `held` until somebody has looked (and why),
    `at` for not before then."""

    barrier: Barrier | None = None
    held: str = ""
    at: datetime | None = None


FREE = Verdict()
Asking = Callable[[Letter, Actor], Verdict]
_asked: list[Asking] = []


def register(asking: Asking) -> None:
    """Let a later floor say of each letter whether it may go. It is asked with the letter and with whoever's act it comes of."""
    if asking not in _asked:
        _asked.append(asking)


def asked(letter: Letter, by: Actor) -> Verdict:
    """All of them together: one barrier is enough, one that holds it is enough, and the latest moment counts."""
    if not letter.address.strip() and letter.channel != Channel.PAPER:
        return Verdict(Barrier.NOBODY)
    said = [asking(letter, by) for asking in _asked]
    barrier = next((one.barrier for one in said if one.barrier), None)
    held = next((one.held for one in said if one.held), "")
    return Verdict(barrier, held, max((one.at for one in said if one.at), default=None))
