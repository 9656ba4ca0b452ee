"""What stays when something was forgotten: a stone of figures, and a mark of its number."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.core.records import Kept, Walled
from setfair.programmes.models import Programme
from setfair.programmes.reasons import Decider
from setfair.referrals.models import Referral

from .endings import Group


def _a_month(field: str) -> Kept:
    return Kept(condition=Q(**{f"{field}__day": 1}), name=f"tombstone_{field}_is_a_month")


class Tombstone(Walled):
    """What stays of something forgotten: figures, and nothing that leads to anyone. Days are first days of months."""

    class What(models.TextChoices):
        CASE = "case", _("a case")
        REQUEST = "request", _("a request that did not become a case")

    what = models.CharField(max_length=7, choices=What)
    kind = models.CharField(max_length=10, choices=Programme.Kind)
    source = models.CharField(max_length=16, blank=True, choices=Referral.Source)
    group = models.CharField(max_length=10, choices=Group)
    outcome = models.CharField(max_length=20)
    decider = models.CharField(max_length=11, choices=Decider, blank=True)
    opened_in = models.DateField()
    closed_in = models.DateField()
    forgotten_in = models.DateField()
    people = models.JSONField(default=dict)
    meetings = models.PositiveSmallIntegerField(default=0)
    days_to_meeting = models.PositiveIntegerField(null=True)
    promises = models.PositiveSmallIntegerField(default=0)
    promises_kept = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [_a_month("opened_in"), _a_month("closed_in"), _a_month("forgotten_in")]
        indexes = [models.Index(fields=["programme", "closed_in"], name="tombstone_by_month")]

    def case_key(self) -> None:
        return None


class Gone(Walled):
    """That what once had this number was forgotten, and in which month: for whoever follows an old link.

    Of the number only a keyed digest is kept, and nothing leads from here to a tombstone.
    """

    mark = models.BinaryField(max_length=32)
    forgotten_in = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "mark"], name="gone_once"),
            Kept(condition=Q(forgotten_in__day=1), name="gone_is_a_month"),
        ]

    def case_key(self) -> None:
        return None
