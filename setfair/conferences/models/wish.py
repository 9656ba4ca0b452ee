"""That somebody in the circle would like a break."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from setfair.core import clock
from setfair.core.records import Walled, Within

from .conference import Conference
from .hour import numbered


class BreakWish(Walled):
    """That a break was wished for. By whom is kept nowhere, so nobody can be told: the team calls a break for all."""

    conference = Within(Conference, models.CASCADE, related_name="wishes")
    number = numbered()
    at = models.DateTimeField(default=clock.now)

    def case_key(self) -> UUID:
        return self.conference.case_id


class WishHeard(Walled):
    """That somebody of the team read it. What was wished before it waits no more."""

    conference = Within(Conference, models.CASCADE, related_name="wishes_heard")
    number = numbered()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    def case_key(self) -> UUID:
        return self.conference.case_id
