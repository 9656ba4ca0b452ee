"""Somebody of a circle knows one of those who would lead their talk."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.actions import know_each_other
from setfair.cases.models import Assignment, Participation
from setfair.cases.queries import lock, team
from setfair.core.actor import Actor

from ..queries.knowing import asks_to_call, may_know


class CannotKnow(Exception):
    """Not with a tick, or not now; the sentence says what to do."""


@transaction.atomic
def know(me: Participation, *, by: Actor, helper: Assignment) -> None:
    """Take them off in silence (`know_each_other`). Raises `CannotKnow` for whoever does not come, and once a tick is enough no more."""
    lock(me.case)
    if not may_know(me) or asks_to_call(me) or not team(me.case).filter(pk=helper.pk).exists():
        raise CannotKnow(_("Please call us about it."))
    know_each_other(me.case, by=by, facilitator=helper.facilitator)
