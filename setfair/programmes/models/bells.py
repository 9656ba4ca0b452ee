from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within


class Bells(Walled):
    """A bell schedule as it was brought in. The latest that was not taken back counts, so that taking one back brings back the one before."""

    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    undone_at = models.DateTimeField(null=True)

    def case_key(self) -> UUID | None:
        return None


class Period(Walled):
    """One period of one schedule: on these days of the week, or, with none, on the days that name its schedule (`BellDay`)."""

    class Kind(models.TextChoices):
        LESSON = "lesson", _("lesson")
        LUNCH = "lunch", _("lunch")
        BEFORE = "before", _("before school")
        AFTER = "after", _("after school")

    bells = Within(Bells, models.CASCADE, related_name="periods")
    schedule = models.CharField(max_length=40)
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    name = models.CharField(max_length=40)
    starts = models.TimeField()
    ends = models.TimeField()
    kind = models.CharField(max_length=6, choices=Kind)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="period_runs_forward"),
            models.CheckConstraint(condition=Q(days__contained_by=list(range(7))), name="period_days"),
        ]


class BellDay(Walled):
    """A day with another schedule than its day of the week: an early closing, an assembly."""

    bells = Within(Bells, models.CASCADE, related_name="other_days")
    on = models.DateField()
    schedule = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "bells", "on"], name="bell_day_once")]
