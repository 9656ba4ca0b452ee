from __future__ import annotations

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system
from setfair.journal import chain

from .actions.marking import send_mark
from .models import Programme


@app.periodic(cron="30 6 * * 1")
@app.task(name="setfair.programmes.tasks.send_marks")
def send_marks(timestamp: int | None = None) -> None:
    """Each Monday, where the journal of each programme stands, into the hands of those who answer for it."""
    for programme_id in chain.programmes():
        with tenant.inside(programme_id):
            send_mark(Programme.objects.get(pk=programme_id), by=system(programme_id))
