"""Whether somebody of a circle reads who would lead their talk, and says with a tick that they know one of them."""

from __future__ import annotations

from setfair.cases.models import Participation
from setfair.cases.queries import acquaintances
from setfair.preparation.queries import break_of, has_stopped

from .booked import is_willing

MOST = 2
"""So many of a team are taken off with a tick; after that somebody talks with them. Else one of them could read the name of every student who
helps, and leave the case without a team."""


def may_know(me: Participation) -> bool:
    """Who helps is told to those who come: not after a no, nor while they have stopped or are on a break."""
    return not me.case.is_after_the_day and is_willing(me) and not has_stopped(me) and break_of(me) is None


def asks_to_call(me: Participation) -> bool:
    """Whether they call us, in place of a tick. It says nothing of who ticked: of the circle, of the team, or both."""
    return acquaintances(me.case).count() >= MOST
