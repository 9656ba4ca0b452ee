"""The clock of keeping: once a day, warn and forget."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from setfair.core import clock, tenant
from setfair.core.actor import system
from setfair.letters.incoming import forget_aside
from setfair.programmes.models import Programme

from . import actions, queries
from .endings import DEFAULT, Group

NIGHTLY: tuple[tuple[Callable[[], Iterable[Any]], Callable[..., Any]], ...] = (
    (queries.to_tell, actions.give_notice),
    (queries.to_forget, actions.forget),
    (queries.ways_to_take, actions.take_ways),
    (queries.strays_to_forget, actions.forget_stray),
    (queries.alarms_to_forget, actions.forget_alarm),
)
log = logging.getLogger(__name__)


@app.periodic(cron="40 3 * * *")
@app.task(name="setfair.keeping.tasks.keep_the_promise")
def keep_the_promise(timestamp: int | None = None) -> None:
    """Tell of what is forgotten soon, forget what was told of and whose day is here, take away the ways to those who asked for it, and let
    messages go that fit nobody.

    Run twice it does nothing twice.
    """
    for programme_id in queries.every_programme():
        for found, act in NIGHTLY:
            _each(programme_id, found, act)
    forget_aside(clock.now() - timedelta(days=DEFAULT[Group.STRAY]))


def _each(programme_id: UUID, found: Callable[[], Iterable[Any]], act: Callable[..., Any]) -> None:
    """Each in a transaction of its own: one that cannot be done now holds up no other, nor the next programme."""
    try:
        with tenant.inside(programme_id), _clock(programme_id):
            rows = list(found())
    except Exception as fault:  # whatever it is, and its words may be somebody's: the name of the fault alone is logged
        log.warning("What is kept could not be looked through: %s", type(fault).__name__)
        return
    for row in rows:
        try:
            with tenant.inside(programme_id), _clock(programme_id):
                act(row, by=system(programme_id))
        except Exception as fault:
            log.warning("Something could not be warned of, forgotten or taken away yet: %s", type(fault).__name__)


def _clock(programme_id: UUID) -> timezone.override:
    return timezone.override(Programme.objects.values_list("zone", flat=True).get(pk=programme_id))
