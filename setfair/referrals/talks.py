"""An appointment just to learn more: no case stands behind it, and none is opened by it (decision 61)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.programmes.models import Role
from setfair.vault.fields import SealedText

from . import journey
from .journey import TalkStage
from .kept_from import without_theirs

HOLDERS = (Role.COORDINATOR, Role.FACILITATOR)
"""Who can hold one."""
AHEAD = (TalkStage.OFFERED, TalkStage.BOOKED)
"""It has not taken place yet, and may."""
MINUTES = 30
STARTS = Func(Value("UTC"), F("starts_at"), function="timezone", output_field=models.DateTimeField())
"""On one wall clock for all, as an index needs it."""
LASTS = Func(F("minutes"), function="make_interval", template="%(function)s(mins => %(expressions)s)", output_field=models.DurationField())
TAKEN = Func(STARTS, STARTS + LASTS, function="tsrange", output_field=DateTimeRangeField())
"""From when to when whoever holds it is taken."""


def _holds_it(actor: Actor) -> Q | None:
    return Q(holder=actor.id) if actor.kind == Kind.STAFF and actor.has(*HOLDERS) else None


class Talk(Walled):
    """Times that were offered to whoever asked, the one they chose, and whether it took place.

    `place` is said to them on their own page alone; `brief` is what the coordinator lets
    the one who holds it know, who reads nothing else of the request but how to reach them.
    """

    JOURNEY = journey.TALK_JOURNEY
    ties = inherited(
        "referral",
        lambda: Talk._meta.get_field("referral").related_model.ties,
        frozenset({Tie.COORDINATES}),
        holds_talk=without_theirs(_holds_it),
    )

    referral = Within("referrals.Referral", models.CASCADE, related_name="talks")
    stage = models.CharField(max_length=10, choices=TalkStage, default=TalkStage.OFFERED)
    holder = models.UUIDField()
    times = ArrayField(models.DateTimeField())
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=MINUTES)
    place = SealedText(of="referral_id")
    brief = SealedText(of="referral_id")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "referral"], condition=Q(stage__in=AHEAD), name="talk_one_ahead"),
            ExclusionConstraint(
                name="talk_holder_once",
                expressions=[("programme", RangeOperators.EQUAL), ("holder", RangeOperators.EQUAL), (TAKEN, RangeOperators.OVERLAPS)],
                condition=Q(stage="booked"),
            ),
            models.CheckConstraint(condition=Q(stage__in=["offered", "called_off"]) | Q(starts_at__isnull=False), name="talk_has_its_time"),
            models.CheckConstraint(condition=Q(times__len__range=(1, 3), minutes__range=(5, 240)), name="talk_times"),
        ]
        indexes = [models.Index(fields=["programme", "stage", "starts_at"], name="talk_ahead")]

    def case_key(self) -> None:
        return None

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def is_ahead(self) -> bool:
        return self.stage in AHEAD

    def open_times(self) -> list[datetime]:
        """Those of the offered times that are still to come."""
        now = clock.now()
        return sorted(moment for moment in self.times if moment > now)


class TalkEnd(Walled):
    """What came of it, written down once."""

    talk = Within(Talk, models.CASCADE, related_name="ends")
    referral = Within("referrals.Referral", models.CASCADE, related_name="talk_ends")
    after = models.CharField(max_length=11, choices=journey.After)
    words = SealedText(of="referral_id")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "talk"], name="talk_ends_once")]

    def case_key(self) -> None:
        return None
