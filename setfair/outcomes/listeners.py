from __future__ import annotations

from typing import Any

from setfair.agreements.journey import WORTH_TELLING
from setfair.agreements.models import Item
from setfair.core.actor import Actor
from setfair.journal.journey import moved

from .actions import plan_news


def follow_the_promise(sender: Any, subject: Item, to: str, by: Actor, **told: Any) -> None:
    """What is settled or missed is news to somebody: in the same moment it has a day on which they are told."""
    if to in WORTH_TELLING:
        plan_news(subject.case, by=by)


def connect() -> None:
    moved.connect(follow_the_promise, sender=Item, dispatch_uid="outcomes.follow_the_promise")
