from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from setfair.core import clock, tenant
from setfair.core.actor import system

from .actions import let_lapse, remind_of
from .models import Duty

log = logging.getLogger(__name__)
BEFORE_IT_ENDS = timedelta(hours=36)
"""How long before the end of a question whoever has not answered is reminded, once."""


@app.periodic(cron="5,20,35,50 * * * *")
@app.task(name="setfair.cases.tasks.see_to_duties")
def see_to_duties(timestamp: int | None = None) -> None:
    """Whoever of the team has not said whether they help is reminded once; a question whose time is over lapses, and the next in turn is asked.

    Each in a transaction of its own: one that cannot be seen to now holds up no other, and is tried again in a quarter of an hour.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        programmes = [row[0] for row in cursor.fetchall()]
    for programme_id in programmes:
        with tenant.inside(programme_id):
            waiting = list(Duty.objects.filter(answer="").order_by("until", "id"))
        for duty in waiting:
            _see_to(programme_id, duty)


def _see_to(programme_id: UUID, duty: Duty) -> None:
    now = clock.now()
    try:
        with tenant.inside(programme_id):
            if duty.until <= now:
                let_lapse(duty, by=system(programme_id))
            elif duty.reminded_at is None and now >= max(duty.until - BEFORE_IT_ENDS, duty.asked_at + (duty.until - duty.asked_at) / 2):
                remind_of(duty, by=system(programme_id))
    except Exception as fault:  # whatever it is, and its words may be somebody's: the name of the fault alone is logged
        log.warning("A question to one of the team could not be seen to yet: %s", type(fault).__name__)
