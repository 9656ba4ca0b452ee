from __future__ import annotations

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from setfair.aftercare.queries import programmes
from setfair.cases.models import Case
from setfair.core import tenant
from setfair.core.actor import system

from . import actions, owed

log = logging.getLogger(__name__)
MOST = 200


@app.periodic(cron="40 * * * *")
@app.task(name="setfair.outcomes.tasks.lay_down_news")
def lay_down_news(timestamp: int | None = None) -> None:
    """What is to be told has a day, also where nothing moved: an exchange of which somebody said what came of it, a circle without an agreement.

    Run twice it does nothing twice.
    """
    for programme_id in programmes():
        with tenant.inside(programme_id):
            waiting = owed.not_laid_down(MOST)
        for case in waiting:
            _lay_down(programme_id, case)


def _lay_down(programme_id: UUID, case: Case) -> None:
    """Each case in a transaction of its own: one that cannot be done keeps nobody else's news back."""
    try:
        with tenant.inside(programme_id):
            actions.plan_news(case, by=system(programme_id))
    except Exception as reason:
        log.error("The news of a case could not be laid down: %s.", type(reason).__name__)
