"""Who of the team is too close to somebody here: known and ticked by either side, or close and all right with both."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.facilitators.models import Closeness, Facilitator


class Acquaintance(Walled):
    """That somebody of the team and somebody of this case know each other. Which of them said so, and whom it is about, is written nowhere.

    It holds until it is set aside; whoever says so again afterwards is heard again.
    """

    case = Within("cases.Case", models.CASCADE, related_name="+")
    facilitator = Within(Facilitator, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)


class SetAside(Walled):
    """That an acquaintance counts no more, and why, by a code: a word of one's own would soon say whose it was."""

    class Why(models.TextChoices):
        MISTAKE = "mistake", _("we were told that it was a mistake")
        LITTLE = "little", _("they know each other by sight alone")
        ASKED = "asked", _("everyone was asked without a name, and nobody minds")

    case = Within("cases.Case", models.CASCADE, related_name="+")
    acquaintance = Within(Acquaintance, models.CASCADE, related_name="set_aside")
    why = models.CharField(_("why"), max_length=7, choices=Why)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "acquaintance"], name="set_aside_once")]


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
