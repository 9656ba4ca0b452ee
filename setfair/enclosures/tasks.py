from __future__ import annotations

from procrastinate.contrib.django import app

from setfair.core import tenant
from setfair.core.actor import system
from setfair.files import scanner
from setfair.vault.ring import WordsAreGone

from . import actions, queries
from .journey import Stage
from .models import Enclosure

MOST = 100


@app.periodic(cron="*/10 * * * *")
@app.task(name="setfair.enclosures.tasks.look_again")
def look_again(timestamp: int | None = None) -> None:
    """What came with a request and could not be checked for harm is checked once a scanner answers."""
    for programme_id, enclosure_id in queries.waiting(MOST) if scanner.is_named() else ():
        with tenant.inside(programme_id):
            one = Enclosure.objects.filter(pk=enclosure_id, stage=Stage.UNCHECKED).first()
            try:
                if one is not None:
                    actions.check(one, by=system(programme_id))
            except WordsAreGone:
                continue
