"""Who of the team is too close to somebody here: known and ticked by either side, or close and all right with both."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.facilitators.models import Closeness, Facilitator


class Acquaintance(Walled):
    """That somebody of the team and somebody of this case know each other. Which of them said so, and whom it is about, is written nowhere."""

    case = Within("cases.Case", models.CASCADE, related_name="+")
    facilitator = Within(Facilitator, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case", "facilitator"], name="acquaintance_once")]


class Assent(Walled):
    """That one of two who are close in a small way said that it is all right here. It needs the word of both."""

    class Who(models.TextChoices):
        PERSON = "person", _("the person of the circle")
        FACILITATOR = "helper", _("the facilitator")

    case = Within("cases.Case", models.CASCADE, related_name="+")
    closeness = Within(Closeness, models.CASCADE, related_name="assents")
    who = models.CharField(_("who said so"), max_length=6, choices=Who)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case", "closeness", "who"], name="assent_once")]
