"""What came of one meeting, or of what they wrote and sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case
from setfair.conferences.models import Conference
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

MOST_OPEN = 8
"""So many headings of what is still open. More is no agreement in part."""


class Result(Walled):
    """What came of one circle, or without a conference of an exchange, as somebody of the team said it. A newer row takes its place.

    Each is a proper result and none is a failure. `open` counts the headings of what is still open, which only an agreement in part has.
    """

    class What(models.TextChoices):
        AGREED = "agreed", _("they agreed")
        PARTLY = "partly", _("they agreed in part")
        NONE_NEEDED = "none", _("no agreement was needed")
        DIFFER = "differ", _("they agreed to differ")

    NOTHING_OWED = (What.NONE_NEEDED, What.DIFFER)

    case = Within(Case, models.CASCADE, related_name="results")
    conference = Within(Conference, models.CASCADE, null=True, related_name="results")
    what = models.CharField(max_length=7, choices=What)
    open = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what="partly", open__range=(1, MOST_OPEN)) | (~Q(what="partly") & Q(open=0)), name="result_open")
        ]
        indexes = [models.Index(fields=["programme", "case", "-at"], name="result_of_case")]


class StillOpen(Walled):
    """One heading of what is still open after an agreement in part. A few words, never what somebody said; there is no column for more."""

    result = Within(Result, models.CASCADE, related_name="headings")
    case = Within(Case, models.CASCADE, related_name="+")
    words = SealedText(of="case_id")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "result", "order"], name="still_open_order"),
            models.CheckConstraint(condition=Q(order__range=(1, MOST_OPEN)), name="still_open_few"),
        ]


class LookedAgain(Walled):
    """That somebody of the team looked again at what is still open with those it is about, and it can stay so."""

    result = Within(Result, models.CASCADE, related_name="looked")
    case = Within(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "result"], name="looked_again_once")]
