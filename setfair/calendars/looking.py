"""What a look at somebody's calendar brings: the blocks in place of those of before, or a fault."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from setfair.core import clock

from .fetching import Net, fetch
from .models import Busy, Calendar
from .queries import Span
from .reading import Fault, Unreadable, busy_in

AHEAD = timedelta(weeks=53)
"""How far ahead a calendar is read: what is given as a file is not read again."""


class CannotBring(Exception):
    """This calendar cannot be taken in; the sentence says why, and nothing of what is in it."""


def look_into(data: bytes, *, zone: str) -> list[Span]:
    """What a file says of when its owner is busy. Read outside of a transaction. Raises `CannotBring`."""
    try:
        return busy_in(data, zone=zone, first=clock.now(), last=clock.now() + AHEAD)
    except Unreadable as reason:
        busy = _("Too many files come in right now. Nothing was saved. Please try again in a minute.")
        raise CannotBring(busy if reason.fault == Fault.SLOW else str(reason.fault.label)) from reason


def look(calendar: Calendar, *, zone: str, net: Net | None = None) -> list[Span] | Calendar.Fault:
    """What is busy there now, or why it cannot be read. It changes nothing, and is done outside of a transaction."""
    try:
        return busy_in(fetch(str(calendar.address), net), zone=zone, first=clock.now(), last=clock.now() + AHEAD)
    except Unreadable as reason:
        return reason.fault


@transaction.atomic
def keep(calendar: Calendar, found: list[Span] | Calendar.Fault) -> None:
    """The blocks in place of those of before; after a fault the last ones stay. One that was removed meanwhile stays so."""
    if not Calendar.objects.select_for_update(of=("self",)).filter(pk=calendar.pk).exists():
        return
    now = clock.now()
    if isinstance(found, Calendar.Fault):
        Calendar.objects.filter(pk=calendar.pk).update(tried_at=now, fault=found, failing_since=calendar.failing_since or now)
        return
    Calendar.objects.filter(pk=calendar.pk).update(tried_at=now, looked_at=now, fault="", failing_since=None)
    Busy.objects.filter(calendar=calendar).delete()
    Busy.objects.bulk_create(Busy(calendar=calendar, during=DateTimeTZRange(starts, ends)) for starts, ends in found)
