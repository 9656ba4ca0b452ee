from __future__ import annotations

from procrastinate.contrib.django import app

from setfair.aftercare.queries import programmes
from setfair.core import tenant
from setfair.core.actor import system

from . import actions, owed

MOST = 200


@app.periodic(cron="40 * * * *")
@app.task(name="setfair.outcomes.tasks.lay_down_news")
def lay_down_news(timestamp: int | None = None) -> None:
    """What is to be told has a day, also where nothing moved: an exchange of which somebody said what came of it, a circle without an agreement.

    Run twice it does nothing twice.
    """
    for programme_id in programmes():
        with tenant.inside(programme_id):
            for case in owed.not_laid_down(MOST):
                actions.plan_news(case, by=system(programme_id))
