"""In which order they speak, whose turn it is, and the breaks. Nothing of what is said."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core.records import Within

from .conference import Conference
from .hour import OfTheHour


class TalkOrder(OfTheHour):
    """In which order they speak from here on. The latest one counts; without any it is the order of the script."""

    conference = Within(Conference, models.CASCADE, related_name="orders")
    people = ArrayField(models.UUIDField())
    by = models.UUIDField(null=True)


class Turn(OfTheHour):
    """That on a page of the script it became somebody's turn, or that they passed. Whoever passed may come back."""

    class What(models.TextChoices):
        SPEAKS = "speaks", _("speaks")
        PASSED = "passed", _("passed")

    conference = Within(Conference, models.CASCADE, related_name="spoken")
    participation = Within(Participation, models.CASCADE, related_name="turns")
    what = models.CharField(max_length=6, choices=What)
    page = models.PositiveSmallIntegerField()
    by = models.UUIDField(null=True)


class Pause(OfTheHour):
    """That a break began. Nobody is written down as having asked for it."""

    conference = Within(Conference, models.CASCADE, related_name="pauses")
    by = models.UUIDField(null=True)


class PauseEnd(OfTheHour):
    """That they went on after it."""

    conference = Within(Conference, models.CASCADE, related_name="+")
    pause = Within(Pause, models.CASCADE, related_name="ends")
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "pause"], name="pause_ends_once")]
