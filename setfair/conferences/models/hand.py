"""Who holds the script."""

from __future__ import annotations

from django.db import models

from setfair.core.records import Within

from .conference import Conference
from .hour import OfTheHour


class ScriptHand(OfTheHour):
    """That somebody of the team holds the script from here on, and turns its pages. The latest one counts; nobody's leave is asked."""

    conference = Within(Conference, models.CASCADE, related_name="hands")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
