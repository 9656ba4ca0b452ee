"""That somebody of the team took the console along, for a room without network."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from setfair.core import clock
from setfair.core.records import Walled, Within

from .conference import Conference


class TakenAlong(Walled):
    """That somebody of the team has the console on one device of theirs, and since when. What comes back from that device names it."""

    conference = Within(Conference, models.CASCADE, related_name="taken_along")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def case_key(self) -> UUID:
        return self.conference.case_id
