"""That somebody who had said yes was asked once more, close to the day or at its door, and still wants to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core.records import Within

from .fact import Fact
from .slips import Slip
from .yes import Consent


class Still(Fact):
    """One yes said anew, for one day and no other. Anything but a yes is what it always was: a stop, or a wish to be called."""

    class Moment(models.TextChoices):
        WEEK = "week", _("in the last days before")
        DOOR = "door", _("at the door")

    participation = Within(Participation, models.CASCADE, related_name="stills")
    moment = models.CharField(max_length=4, choices=Moment)
    for_day = models.DateField()
    method = models.CharField(max_length=5, choices=Consent.Method)
    slip = Within(Slip, null=True, related_name="+")
