from __future__ import annotations

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system
from setfair.journal import chain
from setfair.programmes.models import Programme

from . import actions, queries
from .waking import WAKE


@app.periodic(cron="*/5 * * * *")
@app.task(name=WAKE, queueing_lock=WAKE)
def have_seals(timestamp: int | None = None) -> None:
    """Every programme has a key that seals, soon after it is founded."""
    for programme_id in chain.programmes():
        with tenant.inside(programme_id):
            if queries.live_key() is None:
                actions.make_key(Programme.objects.get(pk=programme_id), by=system(programme_id))
