from __future__ import annotations

from typing import Any

from setfair.accounts.actions import end_passes, revoke_passes, tell_of_passes
from setfair.accounts.models import Pass, User
from setfair.core.actor import Actor
from setfair.facilitators.queries import speaks
from setfair.journal.actions import record
from setfair.journal.journey import moved
from setfair.referrals import heard, kept_from, tongue
from setfair.referrals.journey import Stage as ReferralStage
from setfair.referrals.models import Referral

from .actions import keep_out, open_case
from .journey import Stage
from .models import Assignment, Case, Participation
from .queries import alerted, team
from .ties import requests_kept_from


def begin(sender: Any, subject: Referral, to: str, by: Actor, **told: Any) -> None:
    """A request that is accepted has its case in the same moment; whoever said yes coordinates it, its history tells how
    whoever asked comes in, and whoever was kept out of the one is kept out of the other."""
    if to == ReferralStage.ACCEPTED:
        case = open_case(by=by, coordinator=User.objects.get(pk=by.id), referral=subject)
        tell_of_passes(bearer=Pass.Bearer.REFERRAL, bearer_id=subject.pk, case=case.pk, by=by)
        for kept in subject.kept_out.filter(ended_at__isnull=True).select_related("user"):
            keep_out(case, by=by, user=kept.user, why=kept.why)


def end(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """A code lasts until the case closes; then it says only that it is over. The code of somebody who had left before says nothing."""
    if to == Stage.CLOSED:
        for participation in Participation.objects.filter(case=subject):
            end = end_passes if participation.left_at is None else revoke_passes
            end(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, by=by)


def hear(referral: Referral, by: Actor) -> list[User] | None:
    """Something was added to the request behind a case: it stands in the history of the case, and its coordinator and lead are told to look.

    A date that was changed there is the date here.
    """
    case = Case.objects.filter(referral=referral).first()
    if case is None:
        return None
    if referral.deadline is not None and referral.deadline != case.deadline:
        Case.objects.filter(pk=case.pk).update(deadline=referral.deadline)
    record("heard_more", case, by=by)
    leads = team(case).filter(part=Assignment.Part.LEAD)
    return [*alerted(case), *(a.facilitator.user for a in leads)]


def connect() -> None:
    moved.connect(begin, sender=Referral, dispatch_uid="cases.begin")
    moved.connect(end, sender=Case, dispatch_uid="cases.end")
    kept_from.register(requests_kept_from)
    heard.register(hear)
    tongue.register(speaks)
