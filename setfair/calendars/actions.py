from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.vault.shredding import shred

from .fetching import tidy
from .looking import CannotBring, keep
from .models import Calendar, DaysOff, Week, WeekTime
from .queries import Span, calendars_of, week_of
from .reading import Unreadable
from .rung import Rung

Time = tuple[int, time, time, str]
"""A weekday (Monday is 0), from, until, and yes, if needed or no."""


MOST = 3
"""Calendars of one of them."""


@transaction.atomic
def say_week(occupant: UUID, *, by: Actor, times: Sequence[Time], days_off: Sequence[tuple[date, date]] = ()) -> Week:
    """What somebody says of every week from now on, in place of what they said before; said twice the same, it is one."""
    last = week_of(occupant)
    if last is not None and _same(last, times, days_off):
        return last
    week = Week.objects.create(occupant=occupant, by_kind=by.kind)
    WeekTime.objects.bulk_create(
        WeekTime(week=week, weekday=weekday, starts=starts, ends=ends, answer=answer) for weekday, starts, ends, answer in times
    )
    DaysOff.objects.bulk_create(DaysOff(week=week, first=first, last=final) for first, final in days_off)
    record("said_week", week, by=by)
    return week


@transaction.atomic
def add_to_week(occupant: UUID, *, by: Actor, times: Sequence[tuple[datetime, datetime, str]], zone: str) -> None:
    """These moments suit them every week, on the wall clock of `zone`; what they said of other hours stays. Of an hour that suits once and
    another time only if needed, the more careful word counts."""
    rung = Rung.now()
    new = list({one[:3]: one for one in sorted((_on_the_wall(*one, zone=zone, rung=rung) for one in times), reverse=True)}.values())
    last = week_of(occupant)
    kept = [(t.weekday, t.starts, t.ends, t.answer) for t in last.times.all()] if last is not None else []
    apart = [old for old in kept if not any(old[0] == n[0] and old[1] < n[2] and n[1] < old[2] for n in new)]
    if new:
        off = [(d.first, d.last) for d in last.days_off.all()] if last is not None else []
        say_week(occupant, by=by, times=sorted({*apart, *new}), days_off=off)


def _on_the_wall(starts: datetime, ends: datetime, answer: str, *, zone: str, rung: Rung) -> Time:
    there = clock.local(starts, zone)
    return there.weekday(), *rung.named(there.date(), there.time(), clock.local(ends, zone).time()), answer


def _same(week: Week, times: Sequence[Time], days_off: Sequence[tuple[date, date]]) -> bool:
    said = {(t.weekday, t.starts, t.ends, t.answer) for t in week.times.all()}
    return said == set(times) and {(d.first, d.last) for d in week.days_off.all()} == set(days_off)


@transaction.atomic
def bring_file(occupant: UUID, *, by: Actor, blocks: Sequence[Span]) -> Calendar:
    """Take from a file when its owner is busy (`look_into`); the file itself is not kept."""
    _room_for_one_more(occupant)
    calendar = Calendar.objects.create(occupant=occupant, kind=Calendar.Kind.FILE)
    keep(calendar, list(blocks))
    record("brought_calendar", calendar, by=by)
    return calendar


@transaction.atomic
def bring_address(occupant: UUID, *, by: Actor, address: str) -> Calendar:
    """From now on somebody looks there every hour. Whether it can be read is told on their page once it was tried."""
    try:
        there = tidy(address)
    except Unreadable as reason:
        raise CannotBring(str(reason.fault.label)) from reason
    _room_for_one_more(occupant)
    calendar = Calendar.objects.create(occupant=occupant, kind=Calendar.Kind.ADDRESS, address=there)
    record("brought_calendar", calendar, by=by)
    return calendar


@transaction.atomic
def remove(calendar: Calendar, *, by: Actor) -> None:
    """It goes, with everything it brought, and the key under which its address lay."""
    record("removed_calendar", calendar, by=by)
    _take_away(calendar)


@transaction.atomic
def end_all(occupant: UUID, *, by: Actor) -> None:
    """Whoever left the team, or their last circle, is looked at no more: their calendars go, and what they said of every week counts no longer."""
    for calendar in calendars_of(occupant):
        record("ended_calendar", calendar, by=by)
        _take_away(calendar)
    last = week_of(occupant)
    if last is not None and not _same(last, (), ()):
        record("ended_week", Week.objects.create(occupant=occupant, by_kind=by.kind), by=by)


def _take_away(calendar: Calendar) -> None:
    gone = calendar.pk
    calendar.busy.all().delete()
    calendar.delete()
    shred([gone])


def _room_for_one_more(occupant: UUID) -> None:
    """One after the other, until the end of the transaction: two that come at once are counted both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"calendars {occupant}"])
    if calendars_of(occupant).count() >= MOST:
        raise CannotBring(_("There are %(most)s calendars here already. Take one away first.") % {"most": MOST})
