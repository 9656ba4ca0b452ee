from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from setfair.access.policy import Tie
from setfair.access.ties import Reach, Ties, inherited
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.records import Walled, Within
from setfair.files.models import TakenIn
from setfair.referrals.models import Referral
from setfair.vault.fields import SealedBytes, SealedText

from . import journey

READ_BY = frozenset({Tie.COORDINATES, Tie.SUPERVISES})
"""Those who may read the request, and so nobody whom it is kept from. Whoever sent the file does not open it again."""


def _ties() -> Ties:
    return {tie: _while_there(reach) for tie, reach in inherited("referral", lambda: Referral.ties, only=READ_BY)().items()}


def _while_there(reach: Reach) -> Reach:
    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        return None if q is None else q & Q(stage__in=journey.THERE)

    return reached


class Enclosure(TakenIn):
    """A file that came with a request, sealed under the request's own key, so that it goes when the request goes.

    `came` is a keyed digest of the bytes as they were sent: the same file sent twice is one.
    """

    JOURNEY = journey.JOURNEY
    ties = staticmethod(_ties)

    referral = Within(Referral, models.CASCADE, related_name="enclosures")
    stage = models.CharField(max_length=9, choices=journey.Stage)
    words = SealedText(of="referral_id")
    came = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=12 * 1024 * 1024), name="enclosure_of_a_size"),
            models.UniqueConstraint(fields=["programme", "referral", "came"], condition=~Q(stage="gone"), name="enclosure_once"),
        ]

    def case_key(self) -> None:
        return None


class SentHarm(Walled):
    """That somebody sent something harmful with a request. It was not kept; whoever answers the request looks at it once."""

    ties = staticmethod(inherited("referral", lambda: Referral.ties, only=READ_BY))

    referral = Within(Referral, models.CASCADE, related_name="+")
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True)

    def case_key(self) -> None:
        return None


class Content(Walled):
    """The bytes of it, sealed before they reach the database. They go when the file is taken away or laid to the case."""

    enclosure = Within(Enclosure, models.CASCADE, related_name="contents")
    referral = Within(Referral, models.CASCADE, related_name="+")
    data = SealedBytes(of="referral_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "enclosure"], name="enclosed_content_once")]

    def case_key(self) -> Any:
        return None
