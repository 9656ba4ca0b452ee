"""The worker looks each minute by itself for lists that wait, and at once when it is woken."""

from __future__ import annotations

from procrastinate.contrib.django import app

WAKE = "setfair.imports.tasks.go_on"


def wake_worker() -> None:
    """As soon as this transaction is committed; a call that gets lost costs a minute."""
    app.configure_task(WAKE).defer()
