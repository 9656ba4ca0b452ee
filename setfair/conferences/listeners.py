from __future__ import annotations

from typing import Any

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.core.actor import Actor
from setfair.journal.journey import moved

from . import actions


def follow_the_case(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """A booked time has its circle in the same moment; a case that goes back or closes takes it away again."""
    if to == Stage.SCHEDULED:
        actions.plan(subject, by=by)
    elif to == Stage.FOLLOWING_UP:
        actions.end_with_agreement(subject, by=by)
    elif to in (Stage.PREPARING, Stage.READY, Stage.CLOSED):
        actions.give_up(subject, by=by)


def connect() -> None:
    moved.connect(follow_the_case, sender=Case, dispatch_uid="conferences.follow_the_case")
