"""What later floors do when whoever asked opens the page of their request: that it was opened is written down there.

A floor registers one function in its `apps.ready`; it is called in the page's own
transaction, before anything is shown.
"""

from __future__ import annotations

from collections.abc import Callable

from setfair.core.actor import Actor

from .models import Referral

Watcher = Callable[..., None]
"""Takes the request, and `by` whom it was opened."""

_watchers: list[Watcher] = []


def register(watcher: Watcher) -> None:
    """Let `watcher` know; registering it twice changes nothing."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def tell(referral: Referral, *, by: Actor) -> None:
    for watcher in _watchers:
        watcher(referral, by=by)
