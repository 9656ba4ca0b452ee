"""What is asked about talks just to learn more."""

from __future__ import annotations

from setfair.accounts.models import User
from setfair.programmes.models import Membership

from .journey import TalkStage
from .models import Referral
from .talks import AHEAD, HOLDERS, Talk


def holders() -> list[tuple[str, str]]:
    """Who can hold one: each once, by name."""
    rows = Membership.objects.filter(role__in=HOLDERS, ended_at__isnull=True, user__is_active=True).select_related("user")
    named = {str(member.user_id): member.name for member in rows}
    return sorted(named.items(), key=lambda pair: pair[1].casefold())


def holder_of(talk: Talk) -> str:
    user = User.objects.filter(pk=talk.holder).first()
    return user.name if user else ""


def is_talking(referral: Referral) -> bool:
    """Whether a talk is planned, or nobody has said yet what comes of one: until then no other answer is promised."""
    return bool(referral.talks.filter(stage__in=(*AHEAD, TalkStage.HELD, TalkStage.MISSED)).exists())


def ahead(referral: Referral) -> Talk | None:
    """The one that is offered or booked."""
    found: Talk | None = referral.talks.filter(stage__in=AHEAD).first()
    return found


def talks_of(referral: Referral) -> list[Talk]:
    """All of them, the latest first, each with what came of it."""
    return list(referral.talks.prefetch_related("ends").order_by("-at", "-id"))
