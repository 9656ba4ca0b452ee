"""What goes along with somebody who has another place in the same case: their no, what they asked for and what they need. A yes never does.

Each later floor knows its own facts, and lays them down anew in the new place, so that whatever reads a place reads them there (decision 63).
"""

from __future__ import annotations

from collections.abc import Callable

from .models import Participation

Carrier = Callable[[Participation, Participation], None]
_carriers: list[Carrier] = []


def register(carrier: Carrier) -> None:
    """Let a later floor carry what is theirs (in its `apps.ready`); it is asked with the place they had and with the one they have now."""
    if carrier not in _carriers:
        _carriers.append(carrier)


def carry(was: Participation, now: Participation) -> None:
    for carrier in _carriers:
        carrier(was, now)
