from __future__ import annotations

from typing import Any

from setfair.agreements.journey import Stage as Held
from setfair.agreements.models import Agreement
from setfair.cases.models import Assignment, Case, Participation
from setfair.core.actor import Actor
from setfair.journal.journey import moved
from setfair.programmes.models import Membership

from .actions import end_check_ins, pass_on_calls, plan_check_ins
from .journey import Stage
from .models import CheckIn


def follow_the_agreement(sender: Any, subject: Agreement, to: str, by: Actor, **told: Any) -> None:
    """In force, it asks for calls; once nothing of the case holds any more, none is owed."""
    if to == Held.IN_FORCE:
        plan_check_ins(subject, by=by)
    elif to == Held.ENDED and CheckIn.objects.filter(case=subject.case_id, stage=Stage.OWED).exists():
        other = Agreement.objects.filter(case=subject.case_id, stage=Held.IN_FORCE).exclude(pk=subject.pk).first()
        if other is not None:
            plan_check_ins(other, by=by)
        else:
            end_check_ins(subject.case, by=by)


def let_go(sender: Any, subject: Participation, to: str, by: Actor, **told: Any) -> None:
    """Nobody calls who has left the circle."""
    if to == "left":
        end_check_ins(subject.case, by=by, participation=subject)


def pass_on(sender: Any, subject: Assignment, to: str, by: Actor, **told: Any) -> None:
    """Whoever is taken off a case calls nobody there any more."""
    if to == "left":
        pass_on_calls(subject.case, by=by, of=subject.facilitator.user_id)


def pass_all_on(sender: Any, subject: Membership, to: str, by: Actor, **told: Any) -> None:
    """Whoever has no role here any more calls nobody at all."""
    if to == "left":
        for case in Case.objects.filter(check_ins__caller=subject.user_id, check_ins__stage=Stage.OWED).distinct().order_by("pk"):
            pass_on_calls(case, by=by, of=subject.user_id)


def connect() -> None:
    moved.connect(follow_the_agreement, sender=Agreement, dispatch_uid="aftercare.follow_the_agreement")
    moved.connect(let_go, sender=Participation, dispatch_uid="aftercare.let_go")
    moved.connect(pass_on, sender=Assignment, dispatch_uid="aftercare.pass_on")
    moved.connect(pass_all_on, sender=Membership, dispatch_uid="aftercare.pass_all_on")
