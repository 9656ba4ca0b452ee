from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core.records import Walled


class Term(Walled):
    name = models.CharField(_("name"), max_length=40)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="term_runs_forward")]


class Closure(Walled):
    """Days on which nothing can be booked: holidays, exams, a snow day."""

    name = models.CharField(_("name"), max_length=40)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="closure_runs_forward")]


class Window(Walled):
    """A named stretch of the week in which conferences may be held: "Tuesday morning", "lunch", "after school"."""

    name = models.CharField(_("name"), max_length=40)
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="window_runs_forward"),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="window_weekday"),
        ]


class Room(Walled):
    name = models.CharField(_("name"), max_length=40)
    seats = models.PositiveSmallIntegerField(_("seats"), default=12)
    directions = models.CharField(_("how to get there"), max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
