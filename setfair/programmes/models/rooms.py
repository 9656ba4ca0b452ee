from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.hours import Hours
from setfair.core.records import Walled, Within


class Venue(Walled):
    """Another place in which there are rooms. `minutes` is how far it is from where the programme usually is."""

    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(_("address"), max_length=160, blank=True)
    way = models.CharField(_("how to get there"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes from your usual place"), default=30)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minutes__lte=600), name="venue_minutes")]

    def __str__(self) -> str:
        return self.name


class Travel(Walled):
    """How many minutes lie between two venues, where it is not the way past your usual place. The same in both directions."""

    one = Within(Venue, models.CASCADE, related_name="+")
    other = Within(Venue, models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="travel_of_two"),
            models.UniqueConstraint(fields=["programme", "one", "other"], name="travel_once"),
            models.CheckConstraint(condition=Q(minutes__lte=600), name="travel_minutes"),
        ]


class Room(Walled):
    """Where a circle sits. Without a venue it is where the programme usually is; `waiting_places` is how many people can wait apart there,
    and `waits` says where, one place a line: by which door, and in which corner. `turnaround` is kept free after each meeting, so that those
    who leave do not meet those who come."""

    name = models.CharField(_("name"), max_length=40)
    seats = models.PositiveSmallIntegerField(_("seats"), default=12)
    directions = models.CharField(_("how to get there"), max_length=200, blank=True)
    venue = Within(Venue, null=True, related_name="rooms")
    step_free = models.BooleanField(_("a way in without steps"), default=False, db_default=False)
    loop = models.BooleanField(_("a hearing loop"), default=False, db_default=False)
    waiting_places = models.PositiveSmallIntegerField(_("how many can wait apart"), default=1, db_default=1)
    waits = models.CharField(_("where each of them waits"), max_length=400, blank=True, default="", db_default="")
    turnaround = models.PositiveSmallIntegerField(_("minutes between two meetings"), default=0, db_default=0)
    opens = models.TimeField(_("open from"), null=True)
    closes = models.TimeField(_("open until"), null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens__isnull=True) | Q(closes__isnull=True) | Q(closes__gt=F("opens")), name="room_hours"),
            models.CheckConstraint(condition=Q(turnaround__lte=120), name="room_turnaround"),
            models.CheckConstraint(condition=Q(waiting_places__lte=20), name="room_waiting_places"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, starts_at: datetime, ends_at: datetime, zone: str) -> bool:
        """Whether it is open all that time, on the programme's clock."""
        span = Hours(self.opens, self.closes).on(clock.local(starts_at, zone).date(), zone)
        return span is not None and span[0] <= starts_at and (ends_at <= span[1] or self.closes is None)

    def has(self, what: str) -> bool:
        """Whether it gives this, by the name that people's needs have for it."""
        return {"step_free": self.step_free, "loop": self.loop}[what]

    def waiting_place(self, number: int | None) -> str:
        """What the place with this number, counted from none, is called; empty where nobody wrote that down."""
        names = self.waits.splitlines()
        return names[number].strip() if number is not None and number < len(names) else ""

    @property
    def between(self) -> timedelta:
        """How long it stays free after a meeting."""
        return timedelta(minutes=self.turnaround)

    @property
    def place(self) -> str:
        """Where it is, for whoever comes: its name, and the venue with its address. Without a venue the name alone."""
        return ", ".join(part for part in (self.name, *((self.venue.name, self.venue.address) if self.venue else ())) if part)
