from __future__ import annotations

from typing import Any

from django.db import models

from setfair.cases.models import Case
from setfair.core import clock
from setfair.core.records import Walled, Within


class Fact(Walled):
    """Something that happened in preparing one person. The application may add facts and read them; the database refuses the rest."""

    case = Within(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField(null=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.case_id = self.participation.case_id  # type: ignore[attr-defined]
        super().save(*args, **kwargs)
