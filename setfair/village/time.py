"""Weeks that pass in a moment, so that a demonstration has a past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.utils import timezone

from setfair.core import clock
from setfair.programmes.models import Programme


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


def today(programme: Programme) -> date:
    """The day that it is there: elsewhere it may be tomorrow already."""
    return clock.local(clock.now(), programme.zone).date()
