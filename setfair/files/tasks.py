from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from setfair.core import clock, tenant
from setfair.core.actor import system
from setfair.vault.ring import WordsAreGone

from . import actions, queries, scanner
from .journey import Stage
from .models import File

MOST = 100


@app.periodic(cron="*/10 * * * *")
@app.task(name="setfair.files.tasks.look_again")
def look_again(timestamp: int | None = None) -> None:
    """What could not be checked for harm is checked once a scanner answers, and what was shown back and not sent goes after a day."""
    for programme_id, file_id in queries.waiting(MOST):
        _look(programme_id, file_id)


def _look(programme_id: UUID, file_id: UUID) -> None:
    with tenant.inside(programme_id):
        file = File.objects.select_related("case").filter(pk=file_id).first()
        if file is None:
            return
        if queries.is_left_behind(file, clock.now()):
            actions.drop(file, by=system(programme_id))
        elif file.stage == Stage.UNCHECKED and scanner.is_named():
            try:
                actions.check(file, by=system(programme_id))
            except WordsAreGone:
                return
