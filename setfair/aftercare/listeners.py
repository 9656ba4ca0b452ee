from __future__ import annotations

from typing import Any
from uuid import UUID

from setfair.agreements.journey import SETTLED
from setfair.agreements.journey import Stage as Held
from setfair.agreements.models import Agreement, Item
from setfair.cases.journey import HANDED_OVER
from setfair.cases.models import Assignment, Case, Participation
from setfair.core.actor import Actor
from setfair.journal.journey import moved
from setfair.people.models import NoContact
from setfair.programmes.models import Membership

from .actions import end_check_ins, end_helper, end_needless, note_gone, pass_on_calls, plan_check_ins
from .journey import Stage
from .models import CheckIn, Helper


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


def follow_the_promise(sender: Any, subject: Item, to: str, by: Actor, **told: Any) -> None:
    """Nobody is called on the day of a promise that is settled."""
    if to in SETTLED and subject.agreement.stage == Held.IN_FORCE:
        end_needless(subject.case, by=by)


def let_go(sender: Any, subject: Participation, to: str, by: Actor, **told: Any) -> None:
    """Nobody is called who has left the circle, and whoever had them beside them is asked for somebody else."""
    if to == "left":
        end_check_ins(subject.case, by=by, participation=subject)
        for row in Helper.objects.filter(other=subject, ended_at__isnull=True).select_related("case"):
            note_gone(row, by=by)
        for kind in Helper.Kind.values:
            end_helper(subject, by=by, kind=kind)


def part(sender: Any, subject: NoContact, by: Actor, **told: Any) -> None:
    """Nobody is beside somebody from whom they are kept apart."""
    two = {subject.one_id, subject.other_id}
    rows = Helper.objects.filter(ended_at__isnull=True, participation__person__in=two, other__person__in=two)
    for row in rows.select_related("case").order_by("case", "pk"):
        note_gone(row, by=by)


def pass_on(sender: Any, subject: Assignment, to: str, by: Actor, **told: Any) -> None:
    """Whoever is taken off a case calls nobody there any more."""
    if to == "left":
        pass_on_calls(subject.case, by=by, of=subject.facilitator.user_id)
        for row in Helper.objects.filter(case=subject.case, user=subject.facilitator.user_id, ended_at__isnull=True).select_related("case"):
            note_gone(row, by=by)


def pass_over(sender: Any, subject: Case, was: UUID, to: str, by: Actor, **told: Any) -> None:
    """Whoever coordinated it and was to call there hands that over with the case, unless it is theirs in another part."""
    if to == HANDED_OVER:
        pass_on_calls(subject, by=by, of=was)


def pass_all_on(sender: Any, subject: Membership, to: str, by: Actor, **told: Any) -> None:
    """Whoever has no role here any more calls nobody at all."""
    if to == "left":
        for case in Case.objects.filter(check_ins__caller=subject.user_id, check_ins__stage=Stage.OWED).distinct().order_by("pk"):
            pass_on_calls(case, by=by, of=subject.user_id)
        for row in Helper.objects.filter(user=subject.user_id, ended_at__isnull=True).select_related("case").order_by("case", "pk"):
            note_gone(row, by=by)


def connect() -> None:
    moved.connect(follow_the_agreement, sender=Agreement, dispatch_uid="aftercare.follow_the_agreement")
    moved.connect(follow_the_promise, sender=Item, dispatch_uid="aftercare.follow_the_promise")
    moved.connect(let_go, sender=Participation, dispatch_uid="aftercare.let_go")
    moved.connect(pass_on, sender=Assignment, dispatch_uid="aftercare.pass_on")
    moved.connect(part, sender=NoContact, dispatch_uid="aftercare.part")
    moved.connect(pass_over, sender=Case, dispatch_uid="aftercare.pass_over")
    moved.connect(pass_all_on, sender=Membership, dispatch_uid="aftercare.pass_all_on")
