"""Headings of the sharing: a few words for what was harmed, what somebody needs, what there is to put right."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation
from setfair.core.records import Within
from setfair.vault.fields import SealedText

from .conference import Conference
from .hour import OfTheHour

LONGEST = 60
"""In letters. The database holds three bytes for each, so no sentence of a transcript fits there."""
MOST = 40
"""So many stand at a time."""


class Heading(OfTheHour):
    """A heading of the sharing, and whose it is. A few words, never what somebody said; there is no column for more."""

    class Kind(models.TextChoices):
        HARM = "harm", _("What was harmed")
        NEED = "need", _("What is needed")
        OBLIGATION = "obligation", _("What there is to put right")

    class Whose(models.TextChoices):
        ONE = "one", _("one of the circle")
        ALL = "all", _("All of us")
        COMMUNITY = "community", _("The community")

    case = Within(Case, models.CASCADE, related_name="+")
    conference = Within(Conference, models.CASCADE, related_name="headings")
    kind = models.CharField(max_length=10, choices=Kind)
    whose = models.CharField(max_length=9, choices=Whose)
    participation = Within(Participation, models.CASCADE, null=True, related_name="headings")
    words = SealedText(of="case_id")
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(whose="one", participation__isnull=False) | (~Q(whose="one") & Q(participation__isnull=True)), name="heading_whose"
            )
        ]

    @property
    def name(self) -> str:
        """Whose it is, as the room says it."""
        return self.participation.person.first if self.participation is not None else str(self.get_whose_display())


class HeadingBack(OfTheHour):
    """That a heading was taken off again: somebody said "that is not it". It is on no page any more."""

    case = Within(Case, models.CASCADE, related_name="+")
    conference = Within(Conference, models.CASCADE, related_name="+")
    heading = Within(Heading, models.CASCADE, related_name="taken_off")
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "heading"], name="heading_taken_off_once")]
