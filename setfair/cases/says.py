"""A parent's or guardian's no stands until somebody else has looked at it, or they say themselves that they do not decide.

The answers themselves are a later floor's; it says here what stands in the way of taking somebody's say.
"""

from __future__ import annotations

from collections.abc import Callable

from .models import Participation

Stands = Callable[[Participation], str]
_stands: list[Stands] = []


def register(stands: Stands) -> None:
    """Let a later floor say (in its `apps.ready`) why somebody's say cannot be taken now; empty when it can."""
    if stands not in _stands:
        _stands.append(stands)


def why_a_no_stands(guardian: Participation) -> str:
    """Why somebody who may decide cannot leave, or stop deciding; empty where nothing stands in the way."""
    return next((reason for stands in _stands if (reason := stands(guardian))), "")
