from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core.hours import Hours
from setfair.core.records import Walled, Within

Span = tuple[datetime, datetime]


class ClosedPlace(Walled):
    """A jail, a prison, a closed ward: what it asks of whoever comes, written down once for everybody who is there."""

    name = models.CharField(_("name of the place"), max_length=120)
    address = models.CharField(_("its address, for letters"), max_length=160, blank=True)
    asks = models.CharField(_("who is asked, and how"), max_length=160, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("days before, by which they want to know who comes"), default=5)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(lead_days__lte=60), name="closed_place_lead_days")]

    def __str__(self) -> str:
        return self.name

    def spans(self, day: date, zone: str) -> list[Span]:
        """From when until when visits are held there on that day; with no hours written down nobody knows, and the whole day is."""
        known = list(self.hours.all())
        if not known:
            whole = Hours().on(day, zone)
            return [whole] if whole is not None else []
        spans = [Hours(one.starts, one.ends, (one.weekday,)).on(day, zone) for one in known]
        return sorted(span for span in spans if span is not None)


class VisitHours(Walled):
    """One stretch of one day of the week in which visits are held; a day may have several."""

    place = Within(ClosedPlace, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="visit_hours_run_forward"),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="visit_hours_weekday"),
            models.UniqueConstraint(fields=["programme", "place", "weekday", "starts"], name="visit_hours_once"),
        ]
