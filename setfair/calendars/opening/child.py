"""The process in which a calendar is read. It ends after one.

a line of JSON that says what is asked, and the bytes of the calendar, on the way in; one line of JSON on the way out
"""

from __future__ import annotations

import json
import sys
import zoneinfo
from datetime import datetime
from typing import Any

from setfair.core.bounds import NotTaken, bind

from . import events

SPECIMEN = b"""BEGIN:VCALENDAR
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VTIMEZONE
TZID:Nowhere
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:a
DTSTART;TZID=Nowhere:20270104T080000
DURATION:PT1H
RRULE:FREQ=DAILY;COUNT=2
EXDATE:20270105T080000
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTART;VALUE=DATE:20270104
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")
FIRST, LAST = datetime.fromisoformat("2027-01-01T00:00Z"), datetime.fromisoformat("2027-02-01T00:00Z")


def main() -> None:
    zones = _all_that_is_read_later()
    bind()
    asked, _line, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        told = {"found": _found(json.loads(asked), data)}
    except NotTaken as refused:
        told = {"refused": refused.code}
    except MemoryError:
        told = {"refused": "bomb"}
    sys.stdout.buffer.write(json.dumps(told, default=lambda when: when.isoformat()).encode() + b"\n")
    del zones


def _found(asked: dict[str, str], data: bytes) -> Any:
    look = {"busy": events.busy, "days": events.days}[asked["what"]]
    return look(data, datetime.fromisoformat(asked["first"]), datetime.fromisoformat(asked["last"]), asked["zone"])


def _all_that_is_read_later() -> list[zoneinfo.ZoneInfo]:
    """Whatever the libraries open only when they need it is opened by now; a zone that is not among these is nowhere."""
    zones = [zoneinfo.ZoneInfo(name) for name in zoneinfo.available_timezones()]
    events.busy(SPECIMEN, FIRST, LAST, "Europe/Berlin")
    zoneinfo.reset_tzpath(to=())
    sys.modules["tzdata"] = None  # type: ignore[assignment]
    return zones
