from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled


class Device(Walled):
    """A tablet or computer that stands where people use it one after another. It is known by a cookie (`access.shared`), and named for its place.

    Ended, it is an ordinary device again at its next page, and never a shared one by this row.
    """

    name = models.CharField(_("where it stands"), max_length=40)
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("programme", Lower("name"), condition=models.Q(ended_at__isnull=True), name="device_name_once"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True) | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="device_ended_by_somebody",
            ),
            models.CheckConstraint(condition=models.Q(name__regex=r"\S"), name="device_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
