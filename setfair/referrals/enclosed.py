"""What later floors know of the files that came with a request: how many, and whether one more is taken.

A request comes before there is a place to keep files; the floor that keeps them registers one function in its `apps.ready`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .models import Referral


@dataclass(frozen=True)
class Enclosed:
    """`count` came with it, `lie` of them lie with the request still, and `takes_more` says that whoever asked may send another."""

    count: int = 0
    lie: int = 0
    takes_more: bool = False


Counter = Callable[[Referral], Enclosed]
_counters: list[Counter] = []


def register(counter: Counter) -> None:
    """Let `counter` speak; registering it twice changes nothing."""
    if counter not in _counters:
        _counters.append(counter)


def with_it(referral: Referral) -> Enclosed:
    return next((counter(referral) for counter in _counters), Enclosed())
