from __future__ import annotations

from typing import Any

from setfair.agreements.journey import Stage as Held
from setfair.agreements.models import Agreement, Item
from setfair.cases.models import Case, Participation
from setfair.cases.queries import cases_of_both
from setfair.core.actor import Actor
from setfair.journal.journey import moved
from setfair.people.models import NoContact

from .actions import look_again
from .models import Ordered, Payment


def follow_the_agreement(sender: Any, subject: Agreement, to: str, by: Actor, **told: Any) -> None:
    """A newer version may ask for more or for less than what came, and what holds no more asks for nothing."""
    if to in (Held.IN_FORCE, Held.ENDED):
        _look_at(subject.case, by)


def follow_the_promise(sender: Any, subject: Item, by: Actor, **told: Any) -> None:
    """What is settled does not wait to be marked as done."""
    if subject.amount is not None:
        _look_at(subject.case, by)


def note_gone(sender: Any, subject: Participation, to: str, by: Actor, **told: Any) -> None:
    """Whoever has left says no more whether something came: the team asks in another way, at once."""
    if to == "left":
        _look_at(subject.case, by)


def keep_apart(sender: Any, subject: NoContact, by: Actor, **told: Any) -> None:
    """Two who are kept apart since are asked nothing of each other's words any more: the team asks, at once."""
    for case in cases_of_both(subject):
        _look_at(case, by)


def _look_at(case: Case, by: Actor) -> None:
    if Payment.objects.filter(case=case).exists() or Ordered.objects.filter(case=case).exists():
        look_again(case, by=by)


def connect() -> None:
    moved.connect(follow_the_agreement, sender=Agreement, dispatch_uid="restitution.follow_the_agreement")
    moved.connect(follow_the_promise, sender=Item, dispatch_uid="restitution.follow_the_promise")
    moved.connect(note_gone, sender=Participation, dispatch_uid="restitution.note_gone")
    moved.connect(keep_apart, sender=NoContact, dispatch_uid="restitution.keep_apart")
