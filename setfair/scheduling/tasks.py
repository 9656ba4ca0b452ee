from __future__ import annotations

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from setfair.cases.models import Participation
from setfair.core import tenant
from setfair.core.actor import system

from .asking import ask_anew, every_programme, to_ask
from .models import Booking, Round
from .reminding import remind, to_remind

log = logging.getLogger(__name__)


@app.periodic(cron="25 * * * *")
@app.task(name="setfair.scheduling.tasks.ask_who_still_wants_to")
def ask_who_still_wants_to(timestamp: int | None = None) -> None:
    """In the last days before a booked day, whoever has not answered is asked once more, and again two days before.

    Each in a transaction of its own: one who cannot be asked now holds up nobody else, is tried again in an hour, and stands on
    Today as one who has not been heard.
    """
    for programme_id in every_programme():
        for booking, person in _to_ask(programme_id):
            _ask(programme_id, booking, person)


def _to_ask(programme_id: UUID) -> list[tuple[Booking, Participation]]:
    try:
        with tenant.inside(programme_id):
            return to_ask()
    except Exception as fault:  # whatever it is, and its words may be somebody's: the name of the fault alone is logged
        log.warning("It could not be looked up who is to be asked anew: %s", type(fault).__name__)
        return []


def _ask(programme_id: UUID, booking: Booking, person: Participation) -> None:
    try:
        with tenant.inside(programme_id):
            ask_anew(booking, person, by=system(programme_id))
    except Exception as fault:
        log.warning("Somebody could not be asked anew yet: %s", type(fault).__name__)


@app.periodic(cron="35 * * * *")
@app.task(name="setfair.scheduling.tasks.remind_of_times")
def remind_of_times(timestamp: int | None = None) -> None:
    """Whoever is asked when they could come and has not answered is written to again, once in each interval; nobody else is."""
    for programme_id in every_programme():
        for asked, person in _to_remind(programme_id):
            _remind(programme_id, asked, person)


def _to_remind(programme_id: UUID) -> list[tuple[Round, Participation]]:
    try:
        with tenant.inside(programme_id):
            return to_remind()
    except Exception as fault:
        log.warning("It could not be looked up who is to be reminded: %s", type(fault).__name__)
        return []


def _remind(programme_id: UUID, asked: Round, person: Participation) -> None:
    try:
        with tenant.inside(programme_id):
            remind(asked, person, by=system(programme_id))
    except Exception as fault:
        log.warning("Somebody could not be reminded yet: %s", type(fault).__name__)
