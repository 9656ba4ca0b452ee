"""What each of them thinks of each promise, before anybody signs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import Walled, Within

from .item import Item


class Fit(Walled):
    """One person's word on one promise in one wording; a fact. The latest on the wording that stands counts.

    Nobody in the circle learns whose it was. A promise that was put in other words is asked about anew.
    """

    class Word(models.TextChoices):
        FAIR = "fair", _("It is fair")
        CAN = "can", _("I can do this")
        CHANGE = "change", _("I want it changed")

    class Method(models.TextChoices):
        OWN_DEVICE = "own", _("on their own page")
        TABLET = "tablet", _("on the tablet they were handed")
        SAID = "said", _("said to a facilitator")

    item = Within(Item, models.CASCADE, related_name="fits")
    participation = Within(Participation, models.CASCADE, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    word = models.CharField(max_length=6, choices=Word)
    edition = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=6, choices=Method)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "item", "participation", "-at"], name="fit_latest")]
