"""Closed places of a programme, each with the hours of its visits. A place in which somebody was is closed and not removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from django.db import transaction

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..models import ClosedPlace, VisitHours
from .calendar import add

Hours = tuple[time, time]
ALL_DAY: Hours = (time(0), time(23, 59))


@dataclass(frozen=True)
class NewPlace:
    """What is known of a place that is not on the list yet. Without hours nobody knows when visits are held."""

    name: str
    address: str = ""
    asks: str = ""
    lead_days: int = 5
    weekdays: tuple[int, ...] = tuple(range(7))
    hours: Hours | None = None


@transaction.atomic
def write_place(new: NewPlace, *, by: Actor) -> ClosedPlace:
    """Put it on the list, with one stretch of hours where one is known. The very same one, sent twice, is there once."""
    place = add(
        ClosedPlace, by=by, name=" ".join(new.name.split()), address=new.address.strip(), closed_at=None, asks=new.asks, lead_days=new.lead_days
    )
    if new.hours is not None:
        add_hours(place, by=by, weekdays=new.weekdays, starts=new.hours[0], ends=new.hours[1])
    return place


@transaction.atomic
def add_hours(place: ClosedPlace, *, by: Actor, weekdays: Iterable[int], starts: time, ends: time) -> list[VisitHours]:
    """The same stretch on each of these days; beside those that are there already."""
    return [add(VisitHours, by=by, place=place, weekday=day, starts=starts, ends=ends) for day in weekdays]


@transaction.atomic
def take_out_hours(hours: VisitHours, *, by: Actor) -> None:
    """No visits are held then any more. What is planned already stays planned."""
    record("removed_setting", hours, by=by)
    VisitHours.objects.filter(pk=hours.pk).delete()


@transaction.atomic
def close_place(place: ClosedPlace, *, by: Actor) -> ClosedPlace:
    """Nobody new is written down as being there. Whoever is, stays."""
    ClosedPlace.objects.filter(pk=place.pk, closed_at__isnull=True).update(closed_at=clock.now())
    record("closed_place", place, by=by)
    return place


@transaction.atomic
def reopen_place(place: ClosedPlace, *, by: Actor) -> ClosedPlace:
    ClosedPlace.objects.filter(pk=place.pk).update(closed_at=None)
    record("reopened_place", place, by=by)
    return place
