from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.access.ties import OF_THE_PROGRAMME
from setfair.core import clock
from setfair.core.records import Walled, Within

from . import journey

A_WEEK, A_TERM = 2, 10
"""How often somebody holds a circle at most, unless it is written down for them."""


class Facilitator(Walled):
    """A trained member of the team, staff or student, who signs in as `user`.

    `parent` is what a parent or guardian of somebody under 18 said; nobody whose parent is still asked holds a circle.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", _("staff")
        STUDENT = "student", _("student")
        VOLUNTEER = "volunteer", _("volunteer")

    class Parent(models.TextChoices):
        NOT_ASKED = "", _("is not asked")
        WAITING = "waiting", _("has not said yes yet")
        YES = "yes", _("said yes")

    JOURNEY = journey.JOURNEY
    ties = OF_THE_PROGRAMME

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="facilitators")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    stage = models.CharField(max_length=9, choices=journey.Stage, default=journey.Stage.NOMINATED)
    certified_until = models.DateField(_("certified until"), null=True, blank=True)
    languages = models.CharField(_("languages"), max_length=60, blank=True)
    a_week = models.PositiveSmallIntegerField(_("meetings in a week, at most"), default=A_WEEK, db_default=A_WEEK)
    a_term = models.PositiveSmallIntegerField(_("meetings in a term, at most"), default=A_TERM, db_default=A_TERM)
    parent = models.CharField(_("a parent or guardian"), max_length=7, choices=Parent, blank=True, default="", db_default="")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "user"], name="facilitator_once"),
            models.CheckConstraint(condition=Q(a_week__range=(1, 20), a_term__range=(1, 200)), name="facilitator_load"),
        ]

    def __str__(self) -> str:
        return self.user.name

    def is_certified(self, on: date) -> bool:
        """Whether the certificate holds on that day."""
        return self.stage == journey.Stage.CERTIFIED and (self.certified_until is None or self.certified_until >= on)


class ExamDay(Walled):
    """A day on which somebody has an exam: they hold no circle then."""

    ties = OF_THE_PROGRAMME

    facilitator = Within(Facilitator, models.CASCADE, related_name="exam_days")
    on = models.DateField(_("day"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "facilitator", "on"], name="exam_day_once")]
        ordering = ("on",)


class Entrance(Walled):
    """That a closed place lets somebody of the team in, and until when they said so."""

    facilitator = Within(Facilitator, models.CASCADE, related_name="entrances")
    place = Within("programmes.ClosedPlace", models.CASCADE, related_name="+")
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "facilitator", "place"], name="entrance_once")]


class Closeness(Walled):
    """That somebody of the team is close to a person we know. It ends and is kept for as long as the person is.

    One of the hard kinds keeps them out of every circle that the person is in; with a
    soft one they may hold it if both said that it is all right (`cases.Assent`).
    """

    class Kind(models.TextChoices):
        FAMILY = "family", _("family")
        FRIEND = "friend", _("friends")
        CLASS = "class", _("same class")
        OTHER = "other", _("they know each other well")
        YEAR = "year", _("same year")
        CLUB = "club", _("same club or team")

    SOFT = (Kind.YEAR, Kind.CLUB)

    facilitator = Within(Facilitator, models.CASCADE, related_name="close_to")
    person = Within("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(_("how they are close"), max_length=6, choices=Kind)
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "facilitator", "person"], condition=Q(ended_at__isnull=True), name="closeness_once")
        ]

    @property
    def is_soft(self) -> bool:
        return self.kind in self.SOFT
