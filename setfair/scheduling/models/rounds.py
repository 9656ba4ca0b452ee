from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation, ties_through_case
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.preparation.fact import Fact
from setfair.preparation.models import Slip

MOST = 12
"""Times in one round: more than this nobody reads on a phone."""


class Round(Walled):
    """The team asks everyone in a circle about the same times, each for themselves. There is one at a time.

    It is open until its moment (`until`), until it is ended, or until a time is booked.
    """

    class Ended(models.TextChoices):
        CLOSED = "closed", _("closed")
        TAKEN_BACK = "taken_back", _("taken back")
        BOOKED = "booked", _("a time was booked")
        ASKED_ANEW = "anew", _("asked anew")

    ties = ties_through_case()

    case = Within(Case, models.CASCADE, related_name="rounds")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended = models.CharField(max_length=10, choices=Ended, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "case"], condition=Q(ended_at__isnull=True), name="round_one_live"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="round_runs_forward"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended="") | Q(ended_at__isnull=False, ended__gt=""), name="round_says_how_it_ended"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and clock.now() < self.until


class RoundTime(Walled):
    """One time that is asked about, in its place on the page; `name` is what the window was called then, empty for visiting hours."""

    round = Within(Round, models.CASCADE, related_name="times")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "round", "place"], name="round_time_one_place"),
            models.UniqueConstraint(fields=["programme", "round", "starts_at"], name="round_time_once"),
            models.CheckConstraint(condition=Q(place__range=(1, MOST)), name="round_time_not_too_many"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="round_time_runs_forward"),
        ]

    def case_key(self) -> UUID:
        return self.round.case_id


class RoundAnswer(Fact):
    """That somebody answered, and what they said of the times as a whole; of each time they said a `TimeAnswer`. The latest counts.

    What somebody of the team wrote down from a call says who said it, and when.
    """

    class Means(models.TextChoices):
        TIMES = "times", _("they chose")
        NONE = "none", _("none of these")
        CALL = "call", _("please call")

    class SaidBy(models.TextChoices):
        SELF = "self", _("they themselves")
        GUARDIAN = "guardian", _("a parent or guardian")
        SUPPORTER = "supporter", _("somebody else who stands by them")

    round = Within(Round, models.CASCADE, related_name="answers")
    participation = Within(Participation, models.CASCADE, related_name="round_answers")
    means = models.CharField(max_length=5, choices=Means)
    said_by = models.CharField(max_length=9, choices=SaidBy, blank=True)
    said_on = models.DateField(null=True)
    slip = Within(Slip, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(said_by="", said_on__isnull=True) | Q(said_by__gt="", said_on__isnull=False), name="round_answer_said_when"
            ),
        ]
        indexes = [models.Index(fields=["programme", "round", "participation"], name="round_answer_of")]
