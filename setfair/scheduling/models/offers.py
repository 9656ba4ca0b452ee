from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation, ties_through_case
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.programmes.models import Room


class Offer(Walled):
    """One to three times that a circle is asked about until `answer_by`. It ends when one of them is booked, or when it is taken back.

    Until `held_until` no other case may book these rooms, or these people, at these times.
    """

    ties = ties_through_case()

    case = Within(Case, models.CASCADE, related_name="offers")
    by = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    answer_by = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "case"], condition=Q(ended_at__isnull=True), name="offer_one_live"),
            models.CheckConstraint(condition=Q(answer_by__gt=F("at")), name="offer_lasts"),
            models.CheckConstraint(condition=Q(held_until__isnull=True) | Q(held_until__lte=F("answer_by")), name="offer_held_no_longer"),
        ]


class OfferedTime(Walled):
    """One of the times of an offer, with its room."""

    ties = ties_through_case()

    case = Within(Case, models.CASCADE, related_name="offered_times")
    offer = Within(Offer, models.CASCADE, related_name="times")
    room = Within(Room, related_name="+")
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "offer", "during"], name="offered_time_once"),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False), name="offered_time_has_ends"
            ),
        ]

    @property
    def starts_at(self) -> datetime:
        return self.during.lower

    @property
    def ends_at(self) -> datetime:
        return self.during.upper

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class OfferAnswer(Walled):
    """What one person said about one offered time. Nobody else in the circle sees it; the latest counts.

    `giver` is whose word it was: their own, or that of somebody who stands by them.
    """

    class Word(models.TextChoices):
        YES = "yes", _("Works")
        IF_NEEDED = "if_needed", _("If needed")
        NO = "no", _("No")
        CALL = "call", _("Call me")

    class How(models.TextChoices):
        OWN = "own", _("on their own page")
        PHONE = "phone", _("on the phone")
        SAID = "said", _("face to face")
        PAPER = "paper", _("on paper")

    case = Within(Case, models.CASCADE, related_name="+")
    time = Within(OfferedTime, models.CASCADE, related_name="answers")
    participation = Within(Participation, models.CASCADE, related_name="offer_answers")
    giver = Within(Participation, models.CASCADE, related_name="+")
    word = models.CharField(max_length=9, choices=Word)
    how = models.CharField(max_length=5, choices=How)
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(how="own") | Q(giver=F("participation"), by=F("participation")), name="offer_answer_own"),
        ]

    def case_key(self) -> UUID:
        return self.case_id
