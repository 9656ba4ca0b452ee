"""Somebody is in a closed place: paper and visits reach them there and nothing else does, until somebody has looked and says that they are out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText


class Custody(Walled):
    """In which closed place of the programme they are, and what stands on a letter to them beside its address: a number, a wing.

    While it lasts the database takes no e-mail address, number, link or message for them. `release_on` is the day that was
    said; it going by ends nothing.
    """

    class How(models.TextChoices):
        OUT = "out", _("they are out")
        MOVED = "moved", _("they are in another place")
        WRONG = "wrong", _("it was written down wrong")

    person = Within("people.Person", models.CASCADE, related_name="custodies")
    where = Within("programmes.ClosedPlace", models.PROTECT, related_name="+")
    address = SealedText(of="person_id", verbose_name=_("what must stand on a letter to them"))
    release_on = models.DateField(_("day of release, if it is known"), null=True)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    how = models.CharField(max_length=5, choices=How, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], condition=Q(ended_at__isnull=True), name="custody_one_place"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, how="") | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(how="")),
                name="custody_ended_by_somebody",
            ),
        ]

    @property
    def posted(self) -> str:
        """As it stands on a letter; empty where nobody knows an address."""
        lines = [self.where.name, self.address, self.where.address]
        return "\n".join(line for line in lines if line) if self.address or self.where.address else ""

    def first_day(self, today: date) -> date:
        """The first day for which clearance can still be asked in time."""
        return today + timedelta(days=self.where.lead_days)

    def is_open(self, starts_at: datetime, ends_at: datetime, zone: str) -> bool:
        """Whether visits are held there from then until then, without a pause."""
        spans = self.where.spans(clock.local(starts_at, zone).date(), zone)
        return any(span[0] <= starts_at and ends_at <= span[1] for span in spans)


class Visit(Walled):
    """That somebody of the team goes there to prepare them; the database takes none outside the place's own days and hours.

    It is of one case: who works in another of theirs learns nothing of it.
    """

    person = Within("people.Person", models.CASCADE, related_name="+")
    case_id = models.UUIDField(null=True)
    on = models.DateField(_("the day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="visit_runs_forward"),
            models.UniqueConstraint(fields=["programme", "person", "case_id", "on", "starts"], condition=Q(off_at__isnull=True), name="visit_once"),
        ]


class Clearance(Walled):
    """That the place in which they are was asked, for one day, to let in whoever comes. Another place has to be asked anew."""

    person = Within("people.Person", models.CASCADE, related_name="+")
    custody = Within(Custody, models.CASCADE, related_name="+")
    for_day = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "custody", "for_day"], name="clearance_once_a_day")]


def lasting(people: Any) -> models.QuerySet[Custody]:
    """Of these people those who are in a closed place now."""
    return Custody.objects.filter(person__in=people, ended_at__isnull=True).select_related("where").prefetch_related("where__hours")


def custody_of(person: Any) -> Custody | None:
    return lasting([person]).first()


def visits_ahead(person: Any, today: date, case: Any) -> list[Visit]:
    return list(planned(case).filter(person=person, on__gte=today).order_by("on", "starts"))


def planned(case: Any) -> models.QuerySet[Visit]:
    """The visits of this case that were not called off; those of before this was written down are of each case of theirs."""
    return Visit.objects.filter(Q(case_id=case) | Q(case_id=None), off_at__isnull=True)


def asked_for(custody: Custody, days: list[date]) -> set[date]:
    """For which of these days the place in which they are was asked."""
    return set(Clearance.objects.filter(custody=custody, for_day__in=days).values_list("for_day", flat=True))
