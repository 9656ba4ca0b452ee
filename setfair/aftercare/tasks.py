from __future__ import annotations

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system

from . import actions, queries

MOST = 200


@app.periodic(cron="20 * * * *")
@app.task(name="setfair.aftercare.tasks.look_after_calls")
def look_after_calls(timestamp: int | None = None) -> None:
    """Every promise that is open has a call on its day, also one that was given more time, and every call somebody who is here.

    What is written as it happens is done already; this finds what came to be in another way, and run twice it does nothing twice.
    """
    for programme_id in queries.programmes():
        with tenant.inside(programme_id):
            for agreement in list(queries.unplanned()[:MOST]):
                actions.plan_check_ins(agreement, by=system(programme_id))
            for row in {row.case_id: row for row in queries.astray()[:MOST]}.values():
                actions.pass_on_calls(row.case, by=system(programme_id), of=row.caller)
