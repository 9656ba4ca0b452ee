"""Weeks that pass in a moment, so that a demonstration has a past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def at(moment: datetime | None) -> Iterator[None]:
    """Everything in this block happens around `moment`, with the clock running on from there; None leaves the clock alone.

    It sets the one clock that the house reads (`core.clock`), for the whole process:
    for the village's own command and for tests, never while a server runs.
    """
    if moment is None:
        yield
        return
    real, began = timezone.now, timezone.now()
    timezone.now = lambda: moment + (real() - began)
    try:
        yield
    finally:
        timezone.now = real
