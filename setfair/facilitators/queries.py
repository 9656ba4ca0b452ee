from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from setfair.accounts.models import User
from setfair.programmes.models import Membership, Role

from .journey import Stage
from .models import Facilitator

HOLD_CASES = (Role.FACILITATOR, Role.STUDENT)


def certified(on: date | None = None) -> QuerySet[Facilitator]:
    """Those who may hold a circle on that day (today, if none is named), by name."""
    day = on or timezone.localdate()
    valid = Q(certified_until__isnull=True) | Q(certified_until__gte=day)
    return Facilitator.objects.filter(valid, stage=Stage.CERTIFIED).select_related("user").order_by("user__name", "id")


def is_certified(facilitator: Facilitator, on: date | None = None) -> bool:
    """Whether this one may."""
    return certified(on).filter(pk=facilitator.pk).exists()


def here_now() -> QuerySet[Facilitator]:
    """Those who have a role here today. Whoever came as one who facilitates, and does so no more, is not here by another role."""
    ever = Membership.objects.filter(user=OuterRef("user"), programme=OuterRef("programme"))
    live, holds = ever.filter(ended_at__isnull=True, user__is_active=True), Q(role__in=HOLD_CASES)
    return Facilitator.objects.filter(Q(Exists(live.filter(holds))) | Q(Exists(live)) & ~Q(Exists(ever.filter(holds))))


def is_here(facilitator: Facilitator) -> bool:
    """Whether this one has."""
    return here_now().filter(pk=facilitator.pk).exists()


def speaks(code: Any) -> Q:
    """Of a membership: that its holder is on the team with this language written down."""
    there = Facilitator.objects.filter(user=OuterRef("user"), programme=OuterRef("programme"), languages__icontains=code)
    return Q(Exists(there))


def everyone() -> QuerySet[Facilitator]:
    """The whole team, whatever their stage, by name; those who left stand last."""
    here_first = Case(When(stage=Stage.LEFT, then=Value(1)), default=Value(0))
    return Facilitator.objects.select_related("user").order_by(here_first, "user__name", "id")


def could_join() -> QuerySet[User]:
    """Those with a role here who are not on the team yet, `known_as` what they are called here.

    An account alone does not make a member of this programme.
    """
    roles = Membership.objects.filter(ended_at__isnull=True)
    here = User.objects.filter(pk__in=roles.values("user_id")).exclude(pk__in=Facilitator.objects.values("user_id"))
    called = Subquery(roles.filter(user=OuterRef("pk")).values("called")[:1])
    return here.annotate(known_as=Coalesce(NullIf(called, Value("")), "name")).order_by("known_as", "pk")
