"""When people and members of the team are free, as far as they said so: asked for any number of them in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from setfair.core import clock
from setfair.people.models import Person
from setfair.programmes.models import Programme

from .models import Busy, Calendar, DaysOff, Week, WeekTime
from .rung import Rung

Span = tuple[datetime, datetime]
EVERY = timedelta(minutes=55)
"""So long an address is left alone; with a turn every five minutes that makes an hour."""


@dataclass
class Known:
    """What one of them said of the weeks ahead. `suits` are stretches with yes or if needed, `busy` what is taken, off or a no, never why."""

    suits: list[tuple[datetime, datetime, str]] = field(default_factory=list)
    busy: list[Span] = field(default_factory=list)


def known_of(occupants: Iterable[UUID], first: date, last: date, zone: str) -> dict[UUID, Known]:
    """For each of these ids (a person's, or a user's) what is known of the days from `first` to `last`, on the wall clock of `zone`.

    Whoever said nothing has empty lists: nothing is known of them, and they may be asked.
    """
    known = {who: Known() for who in occupants}
    if weeks := weeks_of(known):
        rung = Rung.now()
        for week in weeks:
            _repeat(week, known[week.occupant], first, last, zone, rung)
    begins, ends = clock.at(first, 0, 0, zone), clock.at(last + timedelta(days=1), 0, 0, zone)
    blocks = Busy.objects.filter(calendar__occupant__in=list(known), during__overlap=(begins, ends)).order_by("during")
    for who, during in blocks.values_list("calendar__occupant", "during"):
        known[who].busy.append((during.lower, during.upper))
    return known


def weeks_of(occupants: Iterable[UUID]) -> list[Week]:
    """The latest word of each about every week, with its times and days off."""
    latest = Week.objects.filter(occupant__in=list(occupants)).order_by("occupant", "-at", "-id").distinct("occupant")
    return list(latest.prefetch_related("times", "days_off"))


def week_of(occupant: UUID) -> Week | None:
    """What this one said last of every week."""
    return next(iter(weeks_of([occupant])), None)


def calendars_of(occupant: UUID) -> QuerySet[Calendar]:
    """Their own calendars, the oldest first."""
    return Calendar.objects.filter(occupant=occupant).order_by("added_at", "id")


def zone_of(occupant: UUID, programme: Programme) -> str:
    """On whose clock a calendar without a time zone is read: its owner's, where they named one, else the programme's."""
    person = Person.objects.filter(pk=occupant).first()
    return person.zone_in(programme) if person is not None else programme.zone


def due() -> QuerySet[Calendar]:
    """Addresses that were not looked at for an hour, or never."""
    waits = Q(tried_at__isnull=True) | Q(tried_at__lte=clock.now() - EVERY)
    return Calendar.objects.filter(waits, kind=Calendar.Kind.ADDRESS).order_by(F("tried_at").asc(nulls_first=True), "id")


def _repeat(week: Week, known: Known, first: date, last: date, zone: str, rung: Rung) -> None:
    times, off = list(week.times.all()), list(week.days_off.all())
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if _is_off(day, off):
            known.busy.append((_moment(day, time(0), zone), _moment(day + timedelta(days=1), time(0), zone)))
        else:
            _add(day, [t for t in times if t.weekday == day.weekday()], known, zone, rung)


def _is_off(day: date, off: list[DaysOff]) -> bool:
    return any(one.first <= day <= one.last for one in off)


def _add(day: date, times: list[WeekTime], known: Known, zone: str, rung: Rung) -> None:
    for one in times:
        for begins, until in rung.on(day, one.starts, one.ends):
            starts, ends = _moment(day, begins, zone), _moment(day, until, zone)
            if one.answer == "no":
                known.busy.append((starts, ends))
            else:
                known.suits.append((starts, ends, one.answer))


def _moment(day: date, at: time, zone: str) -> datetime:
    return clock.at(day, at.hour, at.minute, zone).astimezone(UTC)
