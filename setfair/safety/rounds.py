"""When nobody hears it: who else is told, and when. A clock that stood still is caught up with in one round, not in all that it missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Max

from setfair.core import clock
from setfair.programmes.models import Membership

from . import ladder
from .models import Alarm, Told

THEN_AFTER, EACH = timedelta(minutes=20), timedelta(minutes=30)
IN_A_HURRY = 48
"""So many rounds follow each other within a day; afterwards one comes each day until somebody hears it."""


def due_anywhere(most: int) -> list[tuple[UUID, UUID]]:
    """Programme and alarm, ids only, of those whose next round has begun and that nobody has heard yet, in any programme.

    The latest first: one of today does not wait behind all that nobody could be told of.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, alarm_id FROM alarms_due(%s, %s, %s, %s, %s)", [clock.now(), THEN_AFTER, EACH, IN_A_HURRY, most])
        return list(cursor.fetchall())


def begins(alarm: Alarm, number: int) -> datetime:
    """When this round is to be told."""
    first = alarm.at + timedelta(minutes=alarm.programme.escalate_minutes)
    if number <= 1:
        return first
    within = min(number, IN_A_HURRY)
    return first + THEN_AFTER + EACH * (within - 2) + timedelta(days=number - within)


def due(alarm: Alarm) -> int | None:
    """The round that has begun and was not told; None while it is not yet time for another."""
    now, last = clock.now(), Told.objects.filter(alarm=alarm).aggregate(last=Max("round"))["last"] or 0
    if now < begins(alarm, last + 1):
        return None
    return max(number for number in _up_to(alarm, last, now))


def _up_to(alarm: Alarm, last: int, now: datetime) -> Iterator[int]:
    number = last + 1
    while begins(alarm, number) <= now:
        yield number
        number += 1


def people(alarm: Alarm, number: int) -> list[Membership]:
    """Who is told in this round: supervisors and coordinators, then administrators too, then everybody again."""
    roles = [role for step in ladder.THEN[:number] for role in step] if number <= len(ladder.THEN) else list(ladder.FIRST_OF)
    return list(ladder.standing(*roles, of=alarm))
