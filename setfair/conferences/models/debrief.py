"""Three minutes after a circle for those who held it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.cases.models import Case
from setfair.cases.ties import ties as ties_to_a_case
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

from .conference import Conference


class Debrief(Walled):
    """How one of the team is after a circle, for whoever supervises and nobody else: in no case's history, and not read again by its writer.

    What they passed on is a note, and whom they worry about an alarm; neither stands here.
    """

    class How(models.TextChoices):
        GOOD = "good", _("I am all right")
        TIRED = "tired", _("I am tired, and all right")
        SHAKEN = "shaken", _("It stays with me")
        TALK = "talk", _("I would like to talk with somebody")

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.SUPERVISES})))

    form_key = models.UUIDField(default=uuid.uuid4)
    case = Within(Case, models.CASCADE, related_name="+")
    conference = Within(Conference, models.CASCADE, related_name="debriefs")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(_("how are you?"), max_length=6, choices=How)
    words = SealedText(of="case_id")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "form_key"], name="debrief_once")]

    def case_key(self) -> None:
        """No case's history tells of it."""
        return None


class DebriefRead(Walled):
    """That whoever supervises has read it, and talked with them if they wished."""

    case = Within(Case, models.CASCADE, related_name="+")
    debrief = Within(Debrief, models.CASCADE, related_name="read")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "debrief"], name="debrief_read_once")]

    def case_key(self) -> None:
        return None
