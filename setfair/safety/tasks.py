from __future__ import annotations

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system

from . import actions, rounds
from .models import Alarm

MOST = 5_000
log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="setfair.safety.tasks.tell_others")
def tell_others(timestamp: int | None = None) -> None:
    """Each minute: where nobody has heard that somebody is not safe, the next are told. Run twice it tells nobody twice."""
    for programme_id, alarm_id in rounds.due_anywhere(MOST):
        try:
            _tell(programme_id, alarm_id)
        except Exception as fault:  # whatever it is, the others are told; its words may be somebody's
            log.error("Nobody could be told that somebody is not safe: %s", type(fault).__name__)


def _tell(programme_id: UUID, alarm_id: UUID) -> None:
    with tenant.inside(programme_id):
        alarm = Alarm.objects.select_related("programme").filter(pk=alarm_id).first()
        if alarm is not None:
            actions.escalate(alarm, by=system(programme_id))
