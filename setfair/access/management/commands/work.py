"""`manage.py work`: the worker, which does what is owed while nobody looks at a page."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from contextlib import suppress
from threading import Event, Thread, Timer
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from procrastinate.app import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from setfair.access.guard import demand_bound_role
from setfair.core.lines import AWAY, DAILY, LONG
from setfair.journal.chain import Linker

log = logging.getLogger(__name__)

LINK_EVERY = 3.0
PATIENCE = 4.0
"""Seconds between being asked to stop and stopping whatever is still under way: every task may be cut off and run again."""
HANDS = {DAILY: 2, LONG: 1, AWAY: 1}
"""How many are taken from each line at a time."""


class Command(BaseCommand):
    help = "Works until it is stopped. When the database goes away it ends, and whoever keeps it up starts it again."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        demand_bound_role()
        # A second face of the same app: the clock listens on connections of its own, while
        # what a task wants done later is still written in the task's own transaction.
        clock = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        ended = Event()
        Thread(target=_link, args=[ended], daemon=True).start()
        try:
            asyncio.run(_work(clock))
        except (ConnectorException, PoolTimeout):
            raise CommandError("The database went away; the worker ends, to be started again.") from None
        finally:
            ended.set()


async def _work(clock: App) -> None:
    async with clock.open_async():
        lines = [asyncio.create_task(_at(clock, line, hands=hands)) for line, hands in HANDS.items()]
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, _stop, lines)
        try:
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*lines)
        finally:
            await _let_finish(lines)


async def _let_finish(lines: list[asyncio.Task[None]]) -> None:
    """The first line that has ended does not take the database away from a task that another one has in hand.

    Each is asked once: asked again, a line drops what it waits for.
    """
    for line in lines:
        if not line.cancelling():
            line.cancel()
    await asyncio.wait(lines, timeout=PATIENCE)


async def _at(clock: App, line: str, *, hands: int) -> None:
    """Take what stands in this line, as many at a time as there are hands for it."""
    await clock.run_worker_async(
        queues=[line], concurrency=hands, delete_jobs="always", shutdown_graceful_timeout=PATIENCE - 1, install_signal_handlers=False
    )


def _link(ended: Event) -> None:
    """Link what was written in the journal since, every few seconds, on a connection of this thread's own."""
    linker = Linker()
    while not ended.wait(LINK_EVERY):
        try:
            linker.sweep()
        except DatabaseError as fault:  # the next pass takes it up; whether the database is there at all is the clock's to notice
            log.warning("The journal could not be linked: %s", type(fault).__name__)
            connection.close()
    connection.close()


def _stop(lines: list[asyncio.Task[None]]) -> None:
    """Ask once, kindly; a thread that waits for a post office cannot be asked, so the process ends anyway when its time is over."""
    end = Timer(PATIENCE, os._exit, [1])
    end.daemon = True
    end.start()
    for line in lines:
        line.cancel()
