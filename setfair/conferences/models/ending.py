"""That a circle was stopped before its end, and why."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core.records import Within
from setfair.programmes.models import OwnReason, one_reason
from setfair.programmes.reasons import Step, known

from .conference import Conference
from .hour import OfTheHour


class Ending(OfTheHour):
    """How it was stopped and for which reason of the list, for the team alone. Nobody who takes part is asked for one.

    A circle that stopped because somebody took their yes back has none: why is theirs.
    """

    class How(models.TextChoices):
        ADJOURNED = "adjourned", _("they go on another day")
        STOPPED = "stopped", _("stopped so that everyone was safe")

    conference = Within(Conference, models.CASCADE, related_name="endings")
    how = models.CharField(max_length=9, choices=How)
    reason = models.CharField(max_length=20, choices=known(Step.STOP))
    own = Within(OwnReason, null=True, related_name="+")
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "conference"], name="ending_once"), one_reason("ending_one_reason")]
