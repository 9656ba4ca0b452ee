"""One place in a team, offered to one of its members without a name of anybody in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.facilitators.models import Facilitator

from .ties import not_hidden_from
from .ties import ties as ties_to_a_case

PARTS = [("lead", _("lead")), ("co", _("co-facilitator")), ("student", _("student facilitator"))]
"""Codes of `Assignment.Part`, which stands above this room."""


def is_asked_oneself(actor: Actor) -> Q | None:
    """Their own: they were asked, or they are on its team, and nothing keeps them out of that case."""
    return Q(facilitator__user=actor.id) & not_hidden_from(actor) if actor.kind == Kind.STAFF else None


class Duty(Walled):
    """That somebody of the team was asked to help on one day, and what they said. All they are told stands here: when, how long, as what.

    Several may be asked for the same `place`; one has it. `digest` is of the link that went
    to them, `goes_on` says that after a no, or none, the next in turn is asked.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("said yes")
        NO = "no", _("said no")
        LAPSED = "lapsed", _("has not answered in time")
        TAKEN = "taken", _("somebody else was first")
        OFF = "off", _("is not asked any more")

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES}), helps=is_asked_oneself))

    case = Within("cases.Case", models.CASCADE, related_name="duties")
    facilitator = Within(Facilitator, related_name="duties")
    part = models.CharField(_("part"), max_length=7, choices=PARTS)
    place = models.UUIDField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    window = models.CharField(max_length=80, blank=True)
    languages = models.CharField(max_length=60, blank=True)
    goes_on = models.BooleanField(default=False)
    digest = models.BinaryField(max_length=32)
    by = models.UUIDField(null=True)
    asked_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=6, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "case", "facilitator"], condition=Q(answer=""), name="duty_asked_once"),
            models.UniqueConstraint(fields=["programme", "place"], condition=Q(answer="yes"), name="duty_one_has_the_place"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)), name="duty_said"
            ),
            models.CheckConstraint(condition=Q(until__lte=F("starts_at")), name="duty_until_before_the_day"),
        ]
        indexes = [models.Index(fields=["programme", "until"], condition=Q(answer=""), name="duty_waiting")]

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return not self.answer and clock.now() < self.until

    def asked(self) -> dict[str, Any]:
        """What is asked, for one more who is asked the same."""
        return {"part": self.part, "starts_at": self.starts_at, "minutes": self.minutes, "window": self.window, "languages": self.languages}
