"""Times and lists as they are said aloud, in the language that is active."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.programmes.models import Programme, Room


def clock_time(moment: datetime, zone: str) -> str:
    return date_format(clock.local(moment, zone), "TIME_FORMAT")


def day(moment: datetime, zone: str) -> str:
    there = clock.local(moment, zone)
    return _("%(weekday)s, %(date)s") % {"weekday": date_format(there, "l"), "date": date_format(there, "DATE_FORMAT")}


def when(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Day, start and end on one wall clock."""
    times = {"day": day(starts_at, zone), "start": clock_time(starts_at, zone), "end": clock_time(ends_at, zone)}
    return _("%(day)s, %(start)s to %(end)s") % times


def listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def place(room: Room, programme: Programme) -> str:
    """Where to go: the room and its venue, or the room and where the programme usually is."""
    return room.place if room.venue else ", ".join(part for part in (room.name, programme.room) if part)
