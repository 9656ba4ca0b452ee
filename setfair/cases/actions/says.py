"""A parent's or guardian's no stands until somebody else has looked at it, or they say themselves that they do not decide.

The answers themselves are a later floor's; it says here what stands in the way of taking somebody's say.
"""

from __future__ import annotations

from collections.abc import Callable

from ..models import Participation
from .refusal import CannotChange

Stands = Callable[[Participation], str]
_stands: list[Stands] = []


def register(stands: Stands) -> None:
    """Let a later floor say (in its `apps.ready`) why somebody's say cannot be taken now; empty when it can."""
    if stands not in _stands:
        _stands.append(stands)


def check_no_stands(guardian: Participation) -> None:
    """Asked before somebody who may decide leaves, or may not decide any more. Raises `CannotChange` while their no stands."""
    for stands in _stands:
        reason = stands(guardian)
        if reason:
            raise CannotChange(reason)
