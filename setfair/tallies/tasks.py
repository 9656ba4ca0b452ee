from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system
from setfair.keeping.queries import every_programme
from setfair.programmes.models import Programme

from . import actions

log = logging.getLogger(__name__)


@app.periodic(cron="10 3 * * *")
@app.task(name="setfair.tallies.tasks.count_what_is_over")
def count_what_is_over(timestamp: int | None = None) -> None:
    """Before anything is forgotten that night. One programme that cannot be counted now holds up no other."""
    for programme_id in every_programme():
        try:
            with tenant.inside(programme_id):
                actions.count_years(Programme.objects.get(pk=programme_id), by=system(programme_id))
        except Exception as fault:  # its words may be somebody's: the name of the fault alone is logged
            log.warning("The years that are over could not be counted yet: %s", type(fault).__name__)
