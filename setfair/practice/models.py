from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.access.ties import OF_THE_PROGRAMME
from setfair.core import clock
from setfair.core.records import A_DAY, Kept, Walled, Within


class Talk(Walled):
    """One small restorative talk that was held: of which kind, on which day, how many were there, how long. Nobody is named and nothing is told."""

    class Kind(models.TextChoices):
        WORDS = "words", _("A few words about how it felt")
        SPOT = "spot", _("A short talk on the spot")
        CORRIDOR = "corridor", _("A talk of two or three, apart from the others")
        CIRCLE = "circle", _("A circle of a class or group")
        BACK = "back", _("A circle to come back")
        STAFF = "staff", _("Among staff")

    class Outcome(models.TextChoices):
        ENOUGH = "enough", _("It was enough")
        MORE = "more", _("More is needed")
        CASE = "case", _("It goes on as a request")

    ties = OF_THE_PROGRAMME

    kind = models.CharField(_("what it was"), max_length=8, choices=Kind)
    people = models.PositiveSmallIntegerField(_("how many people"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    outcome = models.CharField(_("how it ended"), max_length=6, choices=Outcome)
    held_on = models.DateField(_("on which day"))
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=40), name="talk_people"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=240), name="talk_minutes"),
            Kept(condition=Q(held_on__lte=models.F("at") + A_DAY), name="talk_was_held"),
        ]
        indexes = [models.Index(fields=["programme", "held_on"], name="talk_by_day"), models.Index(fields=["programme", "by", "-at"], name="talk_of")]


class Struck(Walled):
    """That a talk was written down by mistake, by whoever wrote it."""

    ties = OF_THE_PROGRAMME

    talk = Within(Talk, models.CASCADE, related_name="struck")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "talk"], name="struck_once")]
