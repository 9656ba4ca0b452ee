"""Something was put on somebody's own page, for them alone: a later floor that knows how they stand tells them that it is there."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from setfair.core.actor import Actor

from .models import Participation

Teller = Callable[[Participation, UUID, Actor], None]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Let a later floor tell them; it is asked with the reader, with what is new by its id, and with whose act it is."""
    if teller not in _tellers:
        _tellers.append(teller)


def tell_reader(reader: Participation, new: UUID, by: Actor) -> None:
    for teller in _tellers:
        teller(reader, new, by)
