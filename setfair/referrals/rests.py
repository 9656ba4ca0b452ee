"""A request that is not answered before a day: it rests, as a case does, for a reason of the same list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.programmes.models import OwnReason, one_reason
from setfair.programmes.reasons import Step, known


class Rest(Walled):
    """Nobody answers before `look_on`; from that day on it stands on Today again, whatever anybody does.

    `ended_at` is when somebody took it up earlier, or named another day.
    """

    referral = Within("referrals.Referral", models.CASCADE, related_name="rests")
    reason = models.CharField(max_length=20, choices=known(Step.REST))
    own = Within(OwnReason, null=True, related_name="+")
    since = models.DateTimeField(default=clock.now)
    look_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "referral"], condition=Q(ended_at__isnull=True), name="rest_once"),
            one_reason("rest_one_reason"),
        ]

    def case_key(self) -> None:
        return None


def now(today: date | None = None, **of: Any) -> models.QuerySet[Rest]:
    """Those that last today, in the programme's day."""
    return Rest.objects.filter(ended_at__isnull=True, look_on__gt=today or timezone.localdate(), **of)


def rests(today: date) -> Exists:
    """Whether the request of a row rests on this day."""
    return Exists(now(today, referral=OuterRef("pk")))
