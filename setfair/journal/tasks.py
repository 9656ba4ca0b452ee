"""What the worker does about the journal besides linking it: anchors through the day, and one going-through each night."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from . import anchors, chain
from .verifying import verify, write_down

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="setfair.journal.tasks.anchor")
def anchor(timestamp: int | None = None) -> None:
    """Write down outside the database how far each chain has come, if it has gone on."""
    anchors.anchor_all()


@app.periodic(cron="50 2 * * *")
@app.task(name="setfair.journal.tasks.check")
def check(timestamp: int | None = None) -> None:
    """Go through every programme's journal, and keep what was found where its people see it."""
    chain.Linker().sweep()
    there, here = anchors.read(), chain.programmes()
    for programme_id in there.unsaid(here):
        log.critical("The programme %s was anchored, and is not in this database any more. `make verify` says so too.", programme_id)
    for programme_id in here:
        found = write_down(verify(programme_id, there)).found
        if found:
            log.critical("The journal of the programme %s does not hold: %s. `make verify` says where.", programme_id, found)
