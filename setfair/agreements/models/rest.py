from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import A_DAY, Kept, Walled, Within

from .agreement import Agreement

LONGEST = timedelta(days=21)


class Rest(Walled):
    """That somebody wants to sleep on it, and until when. No reason is asked; the latest counts, and a signature or a no ends it."""

    agreement = Within(Agreement, models.CASCADE, related_name="rests")
    participation = Within(Participation, models.CASCADE, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    until = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [Kept(condition=Q(until__gte=F("at") - A_DAY, until__lte=F("at") + LONGEST + A_DAY), name="rest_lies_ahead")]
