"""Which sealed cases can be opened in an emergency, by whom, and who is told and looks at it afterwards."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.accounts.models import User
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.programmes.models import Membership, Role

from .models import Case, Emergency, EmergencyReview
from .queries import kept_out, of_seal, sealed

LASTS = timedelta(minutes=60)
REVIEWED_WITHIN = timedelta(days=7)
AT_MOST = 2
"""Openings of one case by one person that nobody has looked at: a real emergency may last."""
LEADING = (Role.COORDINATOR, Role.SUPERVISOR)


def unreviewed() -> QuerySet[Emergency]:
    return Emergency.objects.filter(~Exists(EmergencyReview.objects.filter(emergency=OuterRef("pk"))))


def is_blocked(actor: Actor) -> bool:
    """Whether one of theirs waits to be looked at for longer than it may: until then they open no other."""
    return unreviewed().filter(user=actor.id, at__lt=clock.now() - REVIEWED_WITHIN).exists()


def waits(case: Case, actor: Actor) -> bool:
    """Whether they have opened this case as often as they may before somebody looks at it."""
    return unreviewed().filter(case=case, user=actor.id).count() >= AT_MOST


def sealed_case(ref: str, actor: Actor) -> Case | None:
    """The sealed case with this reference, if the actor neither finds it anyhow nor is kept out of it."""
    case = Case.objects.filter(ref=ref.strip().upper()).first()
    if case is None or sealed(case) is None or may(actor, Permission.OPEN_CASE, case) or kept_out(case).filter(user=actor.id).exists():
        return None
    return case


def found_anyhow(ref: str, actor: Actor) -> Case | None:
    """The same, where no emergency is needed: they may open it as it is."""
    case = Case.objects.filter(ref=ref.strip().upper()).first()
    return case if case is not None and may(actor, Permission.OPEN_CASE, case) else None


def open_now(case: Case, actor: Actor) -> Emergency | None:
    return Emergency.objects.filter(case=case, user=actor.id, until__gt=clock.now()).first()


def told(case: Case, by: Actor) -> list[User]:
    """Everyone who leads among the named, and every supervisor; but for whoever opens it and who is kept out."""
    live = Membership.objects.filter(programme=case.programme_id, ended_at__isnull=True, user__is_active=True)
    named = live.filter(role__in=LEADING, user__in=of_seal(case).values("user_id"))
    ids = {*named.values_list("user_id", flat=True), *live.filter(role=Role.SUPERVISOR).values_list("user_id", flat=True)}
    return list(User.objects.filter(pk__in=ids).exclude(pk=by.id).exclude(pk__in=kept_out(case).values("user_id")).order_by("pk"))


def review_of(emergency: Emergency) -> EmergencyReview | None:
    return EmergencyReview.objects.filter(emergency=emergency).first()
