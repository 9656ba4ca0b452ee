from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system

from .asking import ask_anew, every_programme, to_ask
from .chasing import chase, to_chase
from .chasing_offers import chase_offer, to_chase_offers
from .reminding import remind, to_remind

log = logging.getLogger(__name__)
Found = TypeVar("Found")


@app.periodic(cron="25 * * * *")
@app.task(name="setfair.scheduling.tasks.ask_who_still_wants_to")
def ask_who_still_wants_to(timestamp: int | None = None) -> None:
    """In the last days before a booked day, whoever has not answered is asked once more, and again two days before.

    Each in a transaction of its own: one who cannot be asked now holds up nobody else, is tried again in an hour, and stands on
    Today as one who has not been heard.
    """
    for programme_id in every_programme():
        for booking, person in _found(programme_id, to_ask):
            _do(programme_id, ask_anew, booking, person)


@app.periodic(cron="40 * * * *")
@app.task(name="setfair.scheduling.tasks.remind_of_the_day")
def remind_of_the_day(timestamp: int | None = None) -> None:
    """Some days before a booked day, a word to everyone who comes; each booking in a transaction of its own, as above."""
    for programme_id in every_programme():
        for booking, days in _found(programme_id, to_remind):
            _do(programme_id, remind, booking, days)


@app.periodic(cron="35 * * * *")
@app.task(name="setfair.scheduling.tasks.chase_times")
def chase_times(timestamp: int | None = None) -> None:
    """Whoever is asked when they could come, or which of some times works, and has not answered is written to again, once in each interval;
    nobody else is."""
    for programme_id in every_programme():
        for asked, person in _found(programme_id, to_chase):
            _do(programme_id, chase, asked, person)
        for offer, person in _found(programme_id, to_chase_offers):
            _do(programme_id, chase_offer, offer, person)


def _found(programme_id: UUID, look: Callable[[], list[Found]]) -> list[Found]:
    try:
        with tenant.inside(programme_id):
            return look()
    except Exception as fault:  # whatever it is, and its words may be somebody's: the name of the fault alone is logged
        log.warning("It could not be looked up who is to be written to (%s): %s", look.__name__, type(fault).__name__)
        return []


def _do(programme_id: UUID, verb: Callable[..., Any], *what: Any) -> None:
    try:
        with tenant.inside(programme_id):
            verb(*what, by=system(programme_id))
    except Exception as fault:
        log.warning("Somebody could not be written to yet (%s): %s", verb.__name__, type(fault).__name__)
