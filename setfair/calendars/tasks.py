from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from setfair.core import clock, tenant
from setfair.core.lines import AWAY
from setfair.programmes.models import Programme

from .looking import keep, look
from .models import Calendar
from .queries import due, zone_of

LOOK = "setfair.calendars.tasks.look_at_calendars"
A_TURN = 240.0
"""Seconds after which a turn begins with no other address; what is left comes first at the next."""
NEVER = datetime.min.replace(tzinfo=UTC)
log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name=LOOK, queue=AWAY, queueing_lock=LOOK)
def look_at_calendars(timestamp: int | None = None) -> None:
    """Each address is looked at once an hour, a new one at the next turn. What a calendar holds, and where it lies, is in no log."""
    until = time.monotonic() + A_TURN
    for programme_id, key in _due():
        if time.monotonic() > until:
            return
        try:
            _look(programme_id, key)
        except Exception as fault:  # of one person: the others' turn comes all the same
            log.warning("A calendar could not be looked at: %s", type(fault).__name__)


def _programmes() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        return [programme_id for (programme_id,) in cursor.fetchall()]


def _due() -> list[tuple[UUID, UUID]]:
    """Of all programmes the new ones first, and then whichever was tried longest ago."""
    waiting: list[tuple[datetime, UUID, UUID]] = []
    for programme_id in _programmes():
        with tenant.inside(programme_id):
            waiting += [(tried_at or NEVER, programme_id, key) for key, tried_at in due().values_list("pk", "tried_at")]
    return [(programme_id, key) for _tried_at, programme_id, key in sorted(waiting)]


def _look(programme_id: UUID, key: UUID) -> None:
    """Outside of any transaction while the other side is waited for. That it was tried is written first: one that ends us is not the next too."""
    with tenant.inside(programme_id):
        calendar = Calendar.objects.filter(pk=key).first() if due().filter(pk=key).update(tried_at=clock.now()) else None
        if calendar is not None:
            zone = zone_of(calendar.occupant, Programme.objects.get(pk=programme_id))
            str(calendar.address)
    if calendar is not None:
        try:
            found = look(calendar, zone=zone)
        except Exception as fault:  # whatever it is, its turn is over for this hour, and its words may be somebody's
            log.warning("A calendar could not be read: %s", type(fault).__name__)
            found = Calendar.Fault.BROKEN
        with tenant.inside(programme_id):
            keep(calendar, found)
