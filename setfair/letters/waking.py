"""The worker looks for due letters each minute by itself, and at once when it is woken."""

from __future__ import annotations

from procrastinate.contrib.django import app

from setfair.core import tenant

WAKE = "setfair.letters.tasks.send_due_letters"


def wake_worker() -> None:
    """Have the worker look for due letters as soon as this transaction is committed; if it is rolled back, nobody is woken.

    Once for each stay is enough, and a call that gets lost costs a minute: the
    worker's clock looks by itself.
    """
    kept = tenant.scope().kept
    if not kept.get("letters.woken"):
        app.configure_task(WAKE).defer()
        kept["letters.woken"] = True
