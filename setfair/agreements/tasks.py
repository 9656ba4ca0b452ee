from __future__ import annotations

import logging
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system
from setfair.programmes.models import Programme

from . import actions, queries
from .models import Agreement, Item

log = logging.getLogger(__name__)
MOST = 500
A_TURN = 20
"""Agreements whose copies are made in one turn: each takes a tenth of a second for each of those who signed."""


@app.periodic(cron="10 * * * *")
@app.task(name="setfair.agreements.tasks.remind_of_promises")
def remind_of_promises(timestamp: int | None = None) -> None:
    """A kind word before a promise is due, and a question once its day has passed: each once, by day, on the programme's clock.

    Run twice it writes nothing twice: the letter's key names the promise and the
    occasion. What changed since it was found (done, ended, on hold) gets no word.
    """
    for programme_id, item_id in queries.wanting_a_word(MOST):
        _remind(programme_id, item_id)


def _remind(programme_id: UUID, item_id: UUID) -> None:
    with tenant.inside(programme_id):
        zone = Programme.objects.values_list("zone", flat=True).get(pk=programme_id)
        item = Item.objects.select_related("agreement").filter(pk=item_id).first()
        if item is None:
            return
        with timezone.override(zone):
            try:
                actions.remind_soon(item, by=system(programme_id))
                actions.remind_past(item, by=system(programme_id))
            except actions.CannotFollow:
                return


@app.periodic(cron="* * * * *")
@app.task(name="setfair.agreements.tasks.seal_copies")
def seal_copies(timestamp: int | None = None) -> None:
    """Whatever came into force gets the copies that last. It is owed as long as the team's copy is not there."""
    for programme_id, agreement_id in queries.without_copies(A_TURN):
        with tenant.inside(programme_id):
            agreement = Agreement.objects.filter(pk=agreement_id).first()
            if agreement is None:
                continue
            try:
                actions.make_copies(agreement, by=system(programme_id))
            except Exception as reason:  # one that cannot be made keeps nobody else's back
                log.error("Copies of %s could not be made: %s.", agreement_id, type(reason).__name__)
