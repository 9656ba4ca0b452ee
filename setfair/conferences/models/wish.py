"""That somebody in the circle would like a break."""

from __future__ import annotations

from django.db import models

from setfair.core.records import Within

from .conference import Conference
from .hour import OfTheHour


class BreakWish(OfTheHour):
    """That a break was wished for. By whom is kept nowhere, so nobody can be told: the team calls a break for all."""

    conference = Within(Conference, models.CASCADE, related_name="wishes")


class WishHeard(OfTheHour):
    """That somebody of the team read it. What was wished before it waits no more."""

    conference = Within(Conference, models.CASCADE, related_name="wishes_heard")
    by = models.UUIDField()
