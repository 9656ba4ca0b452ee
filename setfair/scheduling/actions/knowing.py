"""Somebody of a circle knows one of those who would lead their talk."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.actions import know_each_other
from setfair.cases.models import Assignment, Participation
from setfair.cases.queries import acquaintances, lock, team
from setfair.core.actor import Actor
from setfair.preparation.queries import break_of, has_stopped

from .. import queries

MOST = 2
"""So many of a team are taken off with a tick; after that somebody talks with them. Else one of them could read the name of every student who
helps, and leave the case without a team."""


class CannotKnow(Exception):
    """Not with a tick, or not now; the sentence says what to do."""


def may_know(me: Participation) -> bool:
    """Who helps is told to those who come: not after a no, nor while they have stopped or are on a break."""
    return not me.case.is_after_the_day and queries.is_willing(me) and not has_stopped(me) and break_of(me) is None


def asks_to_call(me: Participation) -> bool:
    """Whether they call us, in place of a tick. It says nothing of who ticked: of the circle, of the team, or both."""
    return acquaintances(me.case).count() >= MOST


@transaction.atomic
def know(me: Participation, *, by: Actor, helper: Assignment) -> None:
    """Take them off in silence (`know_each_other`). Raises `CannotKnow` for whoever does not come, and once a tick is enough no more."""
    lock(me.case)
    if not may_know(me) or asks_to_call(me) or not team(me.case).filter(pk=helper.pk).exists():
        raise CannotKnow(_("Please call us about it."))
    know_each_other(me.case, by=by, facilitator=helper.facilitator)
