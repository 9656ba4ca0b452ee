from __future__ import annotations

from typing import Any

from django.db import models

from setfair.core import clock
from setfair.core.actor import Kind
from setfair.core.records import Walled


class Entry(Walled):
    """Who did what, when, and from where. Case and subject are bare ids without a key: the journal holds no row in place."""

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind if k != Kind.TABLET])
    """Never the tablet that goes round: what is done on it is done by whoever handed it over."""
    actor_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    case_id = models.UUIDField(null=True)
    route = models.CharField(max_length=80, blank=True)
    network = models.CharField(max_length=45, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "case_id", "-id"], name="entry_of_case"),
            models.Index(fields=["programme", "subject_id"], condition=models.Q(verb="moved"), name="entry_of_step"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A line of the journal is never changed.")
        super().save(*args, **kwargs)
