from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation, ties_through_case
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.programmes.reasons import Wish

from .bookings import Booking


class Change(Walled):
    """That a booked time was moved (`became` is the booking it turned into) or called off, and by whose wish."""

    ties = ties_through_case()

    case = Within(Case, models.CASCADE, related_name="+")
    booking = Within(Booking, models.CASCADE, related_name="changes")
    became = Within(Booking, models.CASCADE, null=True, related_name="+")
    wish = models.CharField(max_length=11, choices=Wish)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "booking"], name="change_of_booking"),
            models.CheckConstraint(condition=Q(became__isnull=True) | ~Q(became=F("booking")), name="change_to_another"),
        ]


class NoLonger(Walled):
    """That somebody who has a seat cannot come any more, or can after all; or that the team goes on without them. The latest counts."""

    class Word(models.TextChoices):
        CANNOT = "cannot", _("I cannot come then")
        CAN = "can", _("I can come")
        WITHOUT = "without", _("goes on without them")

    class How(models.TextChoices):
        OWN = "own", _("on their own page")
        PHONE = "phone", _("on the phone")
        SAID = "said", _("face to face")
        PAPER = "paper", _("on paper")
        TEAM = "team", _("decided by the team")

    case = Within(Case, models.CASCADE, related_name="+")
    booking = Within(Booking, models.CASCADE, related_name="no_longer")
    participation = Within(Participation, models.CASCADE, related_name="no_longer")
    word = models.CharField(max_length=7, choices=Word)
    how = models.CharField(max_length=5, choices=How)
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(how="own") | Q(by=F("participation")), name="no_longer_own"),
            models.CheckConstraint(condition=Q(word="without", how="team") | ~Q(word="without") & ~Q(how="team"), name="no_longer_team"),
        ]
