"""What one of the team said about a day, or that it is over because they may not help there any more, or the day is another one."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import letters_of_duty as letters
from ..models import Duty


@transaction.atomic
def answered(duty: Duty, *, answer: str, by: Actor) -> Duty:
    """Write down what became of a question that waited; the caller holds it, and says to whom it is told."""
    duty.answer, duty.answered_at = answer, clock.now()
    duty.save(update_fields=["answer", "answered_at"])
    record("answered_duty", duty, by=by, answer=answer)
    return duty


@transaction.atomic
def end_open(duties: QuerySet[Duty], *, by: Actor) -> None:
    """Of these questions, those that wait for an answer are over; whoever was asked is told so, and never why."""
    waiting = duties.select_for_update(of=("self",)).select_related("case", "facilitator__user", "programme").filter(answer="")
    for duty in waiting.order_by("pk"):
        answered(duty, answer=Duty.Answer.OFF, by=by)
        letters.tell_off(duty, by=by)
