"""The worker looks every few minutes by itself for programmes without a key, and at once when it is woken."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

WAKE = "setfair.seals.tasks.have_seals"


def wake_worker() -> None:
    """As soon as this transaction is committed; a call that gets lost costs minutes. Whoever waits in the line already is enough."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(WAKE).defer()
