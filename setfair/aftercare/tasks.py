from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from uuid import UUID

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system

from . import actions, queries

log = logging.getLogger(__name__)
MOST = 200


@app.periodic(cron="20 * * * *")
@app.task(name="setfair.aftercare.tasks.look_after_calls")
def look_after_calls(timestamp: int | None = None) -> None:
    """Every promise that is open has a call on its day, also one that was given more time, and every call somebody who is here.

    What is written as it happens is done already; this finds what came to be in another way, and run twice it does nothing twice.
    """
    for programme_id in queries.programmes():
        with tenant.inside(programme_id):
            unplanned, astray = list(queries.unplanned()[:MOST]), list(queries.astray()[:MOST])
        for agreement in unplanned:
            _do(programme_id, partial(actions.plan_check_ins, agreement))
        for case, caller in {(row.case, row.caller) for row in astray}:
            _do(programme_id, partial(actions.pass_on_calls, case, of=caller))


def _do(programme_id: UUID, step: Callable[..., int]) -> None:
    """Each in a transaction of its own: one that cannot be done keeps nobody else's back."""
    try:
        with tenant.inside(programme_id):
            step(by=system(programme_id))
    except Exception as reason:
        log.error("A call of a programme could not be looked after: %s.", type(reason).__name__)
