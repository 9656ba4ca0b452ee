"""Who holds the script."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from setfair.core import clock
from setfair.core.records import Walled, Within

from .conference import Conference
from .hour import numbered


class ScriptHand(Walled):
    """That somebody of the team holds the script from here on, and turns its pages. The latest one counts; nobody's leave is asked."""

    conference = Within(Conference, models.CASCADE, related_name="hands")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    number = numbered()
    at = models.DateTimeField(default=clock.now)

    def case_key(self) -> UUID:
        return self.conference.case_id
