from __future__ import annotations

from django.db import models

from setfair.core import clock
from setfair.core.records import Record


class Bucket(models.Model):
    """How often one thing was tried in one stretch of time. The key is a keyed digest: no address, no code, no name."""

    key = models.BinaryField(max_length=32, primary_key=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField()


class Denial(models.Model):
    """A door that stayed shut. Not behind the wall: whoever was denied may have belonged to no programme."""

    at = models.DateTimeField()
    route = models.CharField(max_length=80)
    permission = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    programme_id = models.UUIDField(null=True)
    network = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="denial_latest")]


class Founding(Record):
    """That whoever runs this server lets one account found one more programme, once, until a day. Of the link only a keyed digest is kept.

    Not behind the wall: the programme is not there yet.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)
