from __future__ import annotations

from typing import Any

from setfair.accounts.actions import revoke_passes
from setfair.accounts.models import Pass, User
from setfair.core.actor import Actor
from setfair.journal.journey import moved
from setfair.referrals import kept_from
from setfair.referrals.journey import Stage as ReferralStage
from setfair.referrals.models import Referral

from .actions import open_case
from .journey import Stage
from .models import Case, Participation
from .ties import requests_kept_from


def begin(sender: Any, subject: Referral, to: str, by: Actor, **told: Any) -> None:
    """A request that is accepted has its case in the same moment; whoever said yes coordinates it."""
    if to == ReferralStage.ACCEPTED:
        open_case(by=by, coordinator=User.objects.get(pk=by.id), referral=subject)


def end(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """A code lasts until the case closes."""
    if to == Stage.CLOSED:
        for participation in Participation.objects.filter(case=subject):
            revoke_passes(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, by=by)


def connect() -> None:
    moved.connect(begin, sender=Referral, dispatch_uid="cases.begin")
    moved.connect(end, sender=Case, dispatch_uid="cases.end")
    kept_from.register(requests_kept_from)
