from __future__ import annotations

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system

from .asking import ask_anew, every_programme, near
from .models import Booking

log = logging.getLogger(__name__)


@app.periodic(cron="25 * * * *")
@app.task(name="setfair.scheduling.tasks.ask_who_still_wants_to")
def ask_who_still_wants_to(timestamp: int | None = None) -> None:
    """In the last days before a booked day, whoever has not answered is asked once more, and again two days before."""
    for programme_id in every_programme():
        with tenant.inside(programme_id):
            found = near()
        for booking in found:
            _ask(programme_id, booking)


def _ask(programme_id: UUID, booking: Booking) -> None:
    """Each in a transaction of its own: one that cannot be asked about now holds up no other."""
    try:
        with tenant.inside(programme_id):
            ask_anew(booking, by=system(programme_id))
    except Exception as fault:  # whatever it is, and its words may be somebody's: the name of the fault alone is logged
        log.warning("Somebody could not be asked anew yet: %s", type(fault).__name__)
