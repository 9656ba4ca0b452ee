from __future__ import annotations

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from setfair.cases.models import Case
from setfair.core import tenant
from setfair.core.actor import system

from . import actions, queries

log = logging.getLogger(__name__)


@app.periodic(cron="25 * * * *")
@app.task(name="setfair.restitution.tasks.look_at_what_waits")
def look_at_what_waits(timestamp: int | None = None) -> None:
    """Whoever it is for has some days to say whether something came. If they are asked no more meanwhile, since they stopped, take a break or want
    no news, the team hears of it now. Run twice it does nothing twice."""
    for programme_id in queries.programmes():
        with tenant.inside(programme_id):
            cases = list(queries.waiting_somewhere())
        for case in cases:
            _look(programme_id, case)


def _look(programme_id: UUID, case: Case) -> None:
    """Each in a transaction of its own: one that cannot be done keeps nobody else's back."""
    try:
        with tenant.inside(programme_id):
            actions.look_again(case, by=system(programme_id))
    except Exception as reason:
        log.error("What waits in a case could not be looked at: %s.", type(reason).__name__)
