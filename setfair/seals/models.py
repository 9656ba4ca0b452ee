from __future__ import annotations

from django.db import models
from django.db.models import Q

from setfair.access.ties import OF_THE_PROGRAMME
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedBytes


class SealKey(Walled):
    """One key of a programme's seal. Its certificates are public and stay for good: what was sealed before it was replaced is read by them.

    `root` is what a reader of PDFs is told to trust; it vouches for `certificate`, which goes with each seal.
    """

    ties = OF_THE_PROGRAMME

    number = models.PositiveSmallIntegerField()
    root = models.BinaryField()
    certificate = models.BinaryField()
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="seal_number"),
            models.UniqueConstraint(fields=["programme"], condition=Q(ended_at__isnull=True), name="seal_one_live"),
        ]


class SealSecret(Walled):
    """What seals: the private half, under a data key of its own. With the key's end the row goes and its data key is shredded."""

    key = Within(SealKey, models.CASCADE, related_name="secrets")
    private = SealedBytes(of="id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="seal_one_secret")]
