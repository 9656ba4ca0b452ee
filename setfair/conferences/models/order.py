"""In which order they speak, whose turn it is, and the breaks. Nothing of what is said."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.records import Walled, Within

from .conference import Conference
from .hour import numbered


class TalkOrder(Walled):
    """In which order they speak from here on. The latest one counts; without any it is the order of the script."""

    conference = Within(Conference, models.CASCADE, related_name="orders")
    people = ArrayField(models.UUIDField())
    number = numbered()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    def case_key(self) -> UUID:
        return self.conference.case_id


class Turn(Walled):
    """That on a page of the script it became somebody's turn, or that they passed. Whoever passed may come back."""

    class What(models.TextChoices):
        SPEAKS = "speaks", _("speaks")
        PASSED = "passed", _("passed")

    conference = Within(Conference, models.CASCADE, related_name="spoken")
    participation = Within(Participation, models.CASCADE, related_name="turns")
    what = models.CharField(max_length=6, choices=What)
    page = models.PositiveSmallIntegerField()
    number = numbered()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    def case_key(self) -> UUID:
        return self.conference.case_id


class Pause(Walled):
    """That a break began. Nobody is written down as having asked for it."""

    conference = Within(Conference, models.CASCADE, related_name="pauses")
    number = numbered()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    def case_key(self) -> UUID:
        return self.conference.case_id


class PauseEnd(Walled):
    """That they went on after it."""

    conference = Within(Conference, models.CASCADE, related_name="+")
    pause = Within(Pause, models.CASCADE, related_name="ends")
    number = numbered()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "pause"], name="pause_ends_once")]

    def case_key(self) -> UUID:
        return self.conference.case_id
