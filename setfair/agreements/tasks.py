from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system
from setfair.programmes.models import Programme

from . import actions, queries
from .models import Item

MOST = 500


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
