"""The clock of keeping: once a day, warn and forget."""

from __future__ import annotations

import logging
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.utils import timezone
from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system
from setfair.programmes.models import Programme

from . import actions, queries

log = logging.getLogger(__name__)


@app.periodic(cron="40 3 * * *")
@app.task(name="setfair.keeping.tasks.keep_the_promise")
def keep_the_promise(timestamp: int | None = None) -> None:
    """Tell of what is forgotten soon, and forget what was told of and whose day is here. Run twice it does nothing twice."""
    for programme_id in queries.every_programme():
        _warn(programme_id)
        for thing in _due(programme_id):
            _forget(programme_id, thing)
        _take_ways(programme_id)


def _warn(programme_id: UUID) -> None:
    with tenant.inside(programme_id), _clock(programme_id):
        for thing in queries.to_tell():
            actions.give_notice(thing, by=system(programme_id))


def _due(programme_id: UUID) -> list[queries.Thing]:
    with tenant.inside(programme_id), _clock(programme_id):
        return list(queries.to_forget())


def _forget(programme_id: UUID, thing: queries.Thing) -> None:
    """Each in a transaction of its own: one that cannot go now holds up no other."""
    try:
        with tenant.inside(programme_id), _clock(programme_id):
            actions.forget(thing, by=system(programme_id))
    except (actions.CannotKeep, IntegrityError, ObjectDoesNotExist) as fault:
        log.warning("Something could not be forgotten yet: %s", type(fault).__name__)


def _take_ways(programme_id: UUID) -> None:
    with tenant.inside(programme_id), _clock(programme_id):
        for said in queries.ways_to_take():
            actions.take_ways(said, by=system(programme_id))


def _clock(programme_id: UUID) -> timezone.override:
    return timezone.override(Programme.objects.values_list("zone", flat=True).get(pk=programme_id))
