from __future__ import annotations

import logging
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.programmes.models import Programme

from .looking import keep, look
from .models import Calendar
from .queries import due, zone_of

log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="setfair.calendars.tasks.look_at_calendars")
def look_at_calendars(timestamp: int | None = None) -> None:
    """Each address is looked at once an hour, a new one at the next turn. What a calendar holds, and where it lies, is in no log."""
    for programme_id in _programmes():
        for key in _due(programme_id):
            try:
                _look(programme_id, key)
            except Exception as fault:  # of one person: the others' turn comes all the same
                log.warning("A calendar could not be looked at: %s", type(fault).__name__)


def _programmes() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        return [programme_id for (programme_id,) in cursor.fetchall()]


def _due(programme_id: UUID) -> list[UUID]:
    with tenant.inside(programme_id):
        return list(due().values_list("pk", flat=True))


def _look(programme_id: UUID, key: UUID) -> None:
    """Outside of any transaction while the other side is waited for."""
    with tenant.inside(programme_id):
        calendar = Calendar.objects.filter(pk=key).first()
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
