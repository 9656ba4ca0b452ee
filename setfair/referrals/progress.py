"""What later floors let whoever asked see of the way on.

A request's page shows one line of stations, and most of them lie on floors above
this one, which this floor does not know. A floor that has something to say
registers one function in its `apps.ready`; it answers with its own stations, in
public words, for one request.
"""

from __future__ import annotations

from collections.abc import Callable

from .models import Referral

Step = dict[str, str]
"""`label`, a public word, and `state`: done, now or next, as `<c-stepper>` draws it."""

Teller = Callable[[Referral], list[Step]]

_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Let `teller` speak; registering it twice changes nothing."""
    if teller not in _tellers:
        _tellers.append(teller)


def stations(referral: Referral) -> list[Step]:
    """What the floors above say, in the order in which they registered."""
    return [step for teller in _tellers for step in teller(referral)]
