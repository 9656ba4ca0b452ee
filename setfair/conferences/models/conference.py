"""One circle: planned with its booking, then held or not."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from setfair.cases.models import Case, ties_through_case
from setfair.cases.ties import assigned_as_student
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.records import Walled, Within
from setfair.programmes.models import Script
from setfair.scheduling.models import Booking

from .. import journey

BEFORE, AFTER = timedelta(days=7), timedelta(days=7)
"""A student facilitator sees the circle from a week before the day until a week after it (practice.md 1.2, screens.md W11)."""


HELD_OR_TO_BE = (journey.Stage.PLANNED, journey.Stage.LIVE, journey.Stage.CONCLUDED, journey.Stage.ADJOURNED)
"""A circle that was called off is nothing a student needs to see any more."""


def _around_the_day(actor: Actor) -> Q | None:
    mine = assigned_as_student(actor)
    if mine is None:
        return None
    now = clock.now()
    near = Booking.objects.filter(during__startswith__lte=now + BEFORE, during__endswith__gte=now - AFTER)
    return Q(case__in=Case.objects.filter(mine).values("pk"), stage__in=HELD_OR_TO_BE, booking__in=near.values("pk"))


class Conference(Walled):
    """One circle: planned with its booking, then held or not. A second circle is a second row."""

    JOURNEY = journey.JOURNEY
    ties = ties_through_case(peer_facilitates=_around_the_day)

    case = Within(Case, models.CASCADE, related_name="conferences")
    booking = Within(Booking, related_name="conferences")
    script = Within(Script, related_name="+")
    stage = models.CharField(max_length=9, choices=journey.Stage, default=journey.Stage.PLANNED)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(default=clock.now)
    beat = models.PositiveIntegerField(default=0, db_default=0)
    """Counted on by the database with each fact of the hour and each step; never set by us (`beats.py`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "booking"], name="conference_of_booking"),
            models.UniqueConstraint(fields=["programme", "case"], condition=Q(stage__in=("planned", "live")), name="conference_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False, ended_at__gte=models.F("started_at")),
                name="conference_runs_forward",
            ),
        ]
