"""What the lines that stay open are told of a circle: one reading for all of them (`config/live.py`)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import close_old_connections

from setfair.core import tenant

from .gathering import gathered
from .line import event
from .state import Kind, State, told

log = logging.getLogger(__name__)


def say(circle: tuple[str, str], seats: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """By kind of seat and language; a seat that cannot be told of has no words here, and the others have theirs.

    Nobody asks here: who may hear it was asked at the door of each line.
    """
    close_old_connections()
    programme, conference = map(UUID, circle)
    with tenant.inside(programme):
        state = gathered(conference)
        found = {seat: told_to(state, seat) for seat in seats}
    return {seat: words for seat, words in found.items() if words}


def told_to(state: State, seat: tuple[str, str]) -> bytes:
    """One message for one kind of seat in one language; empty when it cannot be said."""
    kind, language = seat
    try:
        return event(state.conference.beat, told(state, Kind(kind), language))
    except Exception as reason:  # one page that is broken takes no other one with it
        log.warning("The %s of a circle could not be told of: %s.", kind, type(reason).__name__)
        return b""
