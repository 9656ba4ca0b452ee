from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from setfair.core import clock
from setfair.core.records import Walled


class Release(Walled):
    """What is said of one year, or of several that were too small: worked out once when they were over, and never again.

    `tables` holds whole blocks and nothing finer (`core/protect.py`), so it leads to nobody and stays when its cases
    are forgotten. `edition` says by which counting rules.
    """

    first = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField()
    tables = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-first",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "first"], name="release_first_once"),
            models.UniqueConstraint(fields=["programme", "last"], name="release_last_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first"), first__gte=1990), name="release_runs_forward"),
        ]

    def case_key(self) -> None:
        return None
