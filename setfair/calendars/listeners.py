from __future__ import annotations

from typing import Any

from setfair.core.actor import Actor
from setfair.journal.journey import moved
from setfair.programmes.models import Membership

from . import actions


def end_with_the_last_role(sender: Any, subject: Membership, by: Actor, **told: Any) -> None:
    """Who belongs to the team no longer is not asked when they are free, and nobody looks into their calendar any more."""
    actions.end_all(subject.user_id, by=by)


def connect() -> None:
    moved.connect(end_with_the_last_role, sender=Membership, dispatch_uid="calendars.end_with_the_last_role")
