"""What the lines that stay open are told of a circle: one reading for all of them (`config/live.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import close_old_connections

from setfair.core import tenant

from .line import event
from .state import Kind, gathered, told


def say(circle: tuple[str, str], seats: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """By kind of seat and language. Nobody asks here: who may hear it was asked at the door of each line."""
    close_old_connections()
    programme, conference = map(UUID, circle)
    with tenant.inside(programme):
        state = gathered(conference)
        return {(kind, language): event(state.conference.beat, told(state, Kind(kind), language)) for kind, language in seats}
