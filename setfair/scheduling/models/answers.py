from __future__ import annotations

from uuid import UUID

from django.db import models

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.records import Walled, Within

UNKNOWN = "unknown"


class TimeAnswer(Walled):
    """What one person said about one time. Nobody else in the circle sees it; the latest counts. Unknown takes back what they said before."""

    participation = Within(Participation, models.CASCADE, related_name="time_answers")
    starts_at = models.DateTimeField()
    answer = models.CharField(max_length=9, choices=[("yes", "yes"), ("if_needed", "if_needed"), ("no", "no"), (UNKNOWN, UNKNOWN)])
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)

    def case_key(self) -> UUID:
        return self.participation.case_id
