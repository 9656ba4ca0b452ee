"""What the doors leave behind is swept up once a day."""

from __future__ import annotations

from procrastinate.contrib.django import app

from setfair.accounts.actions import forget_old_passes
from setfair.accounts.queries import with_old_passes
from setfair.core import tenant
from setfair.core.actor import system

from . import sweeping


@app.periodic(cron="20 3 * * *")
@app.task(name="setfair.access.tasks.sweep")
def sweep(timestamp: int | None = None) -> None:
    """Clear the stays that are over, the counters and lines that are old, and the passes that open nothing any more."""
    sweeping.ended_stays()
    sweeping.old_devices()
    sweeping.old_counters()
    sweeping.old_denials()
    sweeping.old_foundings()
    for programme_id in with_old_passes():
        with tenant.inside(programme_id):
            forget_old_passes(by=system(programme_id))
