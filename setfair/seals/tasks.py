from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system
from setfair.journal import chain
from setfair.programmes.models import Programme

from . import actions, queries, sealing
from .waking import WAKE


@app.periodic(cron="*/5 * * * *")
@app.task(name=WAKE, queueing_lock=WAKE)
def have_seals(timestamp: int | None = None) -> None:
    """Every programme has a key that seals, soon after it is founded, after one was ended, and before one runs out."""
    for programme_id in chain.programmes():
        with tenant.inside(programme_id):
            _have_one(programme_id)


def _have_one(programme_id: UUID) -> None:
    key, by = queries.live_key(), system(programme_id)
    if key is not None and queries.runs_out_soon(key):
        actions.end_key(key, by=by)
        key = None
    if key is None:
        actions.make_key(Programme.objects.get(pk=programme_id), by=by)
        sealing.forget()
