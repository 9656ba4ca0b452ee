from __future__ import annotations

from typing import Any

from setfair.agreements.journey import Stage as Held
from setfair.agreements.models import Agreement
from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.journal.journey import moved

from .actions import look_again
from .models import Payment


def follow_the_agreement(sender: Any, subject: Agreement, to: str, by: Actor, **told: Any) -> None:
    """A newer version may ask for more or for less than what came, and what holds no more asks for nothing."""
    if to in (Held.IN_FORCE, Held.ENDED) and Payment.objects.filter(case=subject.case_id).exists():
        look_again(subject.case, by=by)


def note_gone(sender: Any, subject: Participation, to: str, by: Actor, **told: Any) -> None:
    """Whoever has left says no more whether something came: the team asks in another way, at once."""
    if to == "left" and Payment.objects.filter(case=subject.case_id).exists():
        look_again(subject.case, by=by)


def connect() -> None:
    moved.connect(follow_the_agreement, sender=Agreement, dispatch_uid="restitution.follow_the_agreement")
    moved.connect(note_gone, sender=Participation, dispatch_uid="restitution.note_gone")
