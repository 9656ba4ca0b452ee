"""What is taken in somebody's calendar: from when until when, and nothing else of it. Titles, places and people are never looked at.

It is read in a process of its own (`opening`): what is in there was written by nobody we know, and may be made to keep us busy.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from setfair.core.apart import by_a_child
from setfair.core.bounds import NotTaken

from .models import Calendar
from .queries import Span

MOST_BYTES = 2_000_000
CHILD = "setfair.calendars.opening.child"
Fault = Calendar.Fault
MEANT = {"bomb": Fault.TOO_BIG, "busy": Fault.SLOW}


class Unreadable(Exception):
    """This cannot be read; `fault` is the code of the reason, whose words its owner is told. Nothing of the content is in it."""

    def __init__(self, fault: Calendar.Fault) -> None:
        super().__init__(str(fault.value))
        self.fault = fault


def busy_in(data: bytes, *, zone: str, first: datetime, last: datetime) -> list[Span]:
    """The blocks between two moments in which something is in it, laid together where they touch, the earliest first.

    What repeats is told day by day. Left out is what is cancelled, and what its owner marked as leaving them free. A whole day, and
    a time without a zone, are of the wall clock of `zone`. Raises `Unreadable`.
    """
    return [(datetime.fromisoformat(starts), datetime.fromisoformat(ends)) for starts, ends in found("busy", data, zone, first, last)]


def found(what: str, data: bytes, zone: str, first: datetime, last: datetime) -> list[Any]:
    """What the process finds that reads it (`opening.events`). Raises `Unreadable`; also when it took too long, or too much."""
    if len(data) > MOST_BYTES:
        raise Unreadable(Fault.TOO_BIG)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        raise Unreadable(Fault.NOT_ONE)
    asked = {"what": what, "zone": zone, "first": first.isoformat(), "last": last.isoformat()}
    try:
        told, _kept = by_a_child(CHILD, json.dumps(asked).encode() + b"\n" + data)
    except NotTaken as refused:
        raise Unreadable(MEANT.get(refused.code) or Fault(refused.code)) from None
    return list(told["found"])
