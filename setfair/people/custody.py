"""Somebody is in a closed place: paper and visits reach them there and nothing else does, until somebody has looked and says that they are out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.hours import Hours
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText


class Custody(Walled):
    """Where they are, when visits are held there, and how long before a visit the place wants to know who comes.

    While it lasts the database takes no e-mail address, number, link or message for them. `release_on` is the day that was
    said; it going by ends nothing.
    """

    class How(models.TextChoices):
        OUT = "out", _("they are out")
        MOVED = "moved", _("they are in another place")
        WRONG = "wrong", _("it was written down wrong")

    person = Within("people.Person", models.CASCADE, related_name="custodies")
    place = SealedText(of="person_id", verbose_name=_("name of the place"))
    address = SealedText(of="person_id", verbose_name=_("its address, for letters"))
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name=_("days of visits"))
    starts = models.TimeField(_("visits from"), null=True)
    ends = models.TimeField(_("visits until"), null=True)
    lead_days = models.PositiveSmallIntegerField(_("days before, by which they want to know who comes"), default=5)
    release_on = models.DateField(_("day of release, if it is known"), null=True)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    how = models.CharField(max_length=5, choices=How, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], condition=Q(ended_at__isnull=True), name="custody_one_place"),
            models.CheckConstraint(condition=Q(days__contained_by=list(range(7))), name="custody_days"),
            models.CheckConstraint(condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="custody_hours"),
            models.CheckConstraint(condition=Q(lead_days__lte=60), name="custody_lead_days"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, how="") | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(how="")),
                name="custody_ended_by_somebody",
            ),
        ]

    @property
    def hours(self) -> Hours:
        return Hours(self.starts, self.ends, tuple(self.days))

    def first_day(self, today: date) -> date:
        """The first day for which clearance can still be asked in time."""
        return today + timedelta(days=self.lead_days)

    def is_open(self, starts_at: datetime, ends_at: datetime, zone: str) -> bool:
        """Whether visits are held there from then until then."""
        span = self.hours.on(clock.local(starts_at, zone).date(), zone)
        return span is not None and span[0] <= starts_at and ends_at <= span[1]


class Visit(Walled):
    """That somebody of the team goes there to prepare them; the database takes none outside the place's own days and hours."""

    person = Within("people.Person", models.CASCADE, related_name="+")
    on = models.DateField(_("the day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="visit_runs_forward"),
            models.UniqueConstraint(fields=["programme", "person", "on", "starts"], condition=Q(off_at__isnull=True), name="visit_once"),
        ]


class Clearance(Walled):
    """That the place was asked, for one day, to let in whoever comes."""

    person = Within("people.Person", models.CASCADE, related_name="+")
    for_day = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "person", "for_day"], name="clearance_once_a_day")]


def lasting(people: Any) -> models.QuerySet[Custody]:
    """Of these people those who are in a closed place now."""
    return Custody.objects.filter(person__in=people, ended_at__isnull=True)


def custody_of(person: Any) -> Custody | None:
    return Custody.objects.filter(person=person, ended_at__isnull=True).first()


def visits_ahead(person: Any, today: date) -> list[Visit]:
    return list(planned(person).filter(on__gte=today).order_by("on", "starts"))


def planned(person: Any) -> models.QuerySet[Visit]:
    """Every visit to them that was not called off."""
    return Visit.objects.filter(person=person, off_at__isnull=True)


def asked_for(person: Any, days: list[date]) -> set[date]:
    """For which of these days the place was asked."""
    return set(Clearance.objects.filter(person=person, for_day__in=days).values_list("for_day", flat=True))
