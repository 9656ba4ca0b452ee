"""How far each programme's chain had come, written down outside the database: one file to which lines are only added.

A chain alone cannot tell that its end was cut off; a line here can, for it names a
link that must be there. The lines are chained themselves. `since` on a line says
that what was anchored after that moment is excused: an older copy of the data was
brought back, or whoever runs this has accepted what is lost.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import connection

from setfair.core import clock, tenant
from setfair.vault import master

from . import chain
from .models import Anchoring


@dataclass(frozen=True)
class Anchor:
    """One line of the file. Without a programme it is an excuse, and `since` says for what."""

    at: datetime
    programme_id: UUID | None
    number: int
    head: bytes
    since: datetime | None = None


@dataclass(frozen=True)
class Anchors:
    """The file as it was read. `changed` is the number of the first of its lines that does not follow from those before, or 0."""

    lines: list[Anchor]
    read_at: datetime
    changed: int = 0

    def of(self, programme_id: UUID) -> list[Anchor]:
        return [line for line in self.lines if line.programme_id == programme_id]

    def excused(self, moment: datetime) -> Anchor | None:
        """The line, if there is one, that excuses what was anchored at this moment."""
        return next((line for line in self.lines if line.since is not None and line.since < moment <= line.at), None)


def anchor(programme_id: UUID) -> bool:
    """Write down where the chain of this programme stands; says whether there was anything new to write."""
    with tenant.inside(programme_id), connection.cursor() as cursor:
        cursor.execute(chain.LAST, [programme_id])
        number, head = cursor.fetchone() or (0, b"")
        newest = Anchoring.objects.order_by("-number").first()
        if number == (newest.number if newest else 0):
            return False
        _append(Anchor(clock.now(), programme_id, number, bytes(head)))
        Anchoring.objects.create(number=number)
        return True


def anchor_all() -> int:
    return sum(anchor(programme_id) for programme_id in chain.programmes())


def excuse(since: datetime) -> None:
    """Write down that what was anchored after this moment, up to now, is known to be lost."""
    _append(Anchor(clock.now(), None, 0, b"", since))


def read() -> Anchors:
    now = clock.now()
    if not place().exists():
        return Anchors([], now)
    with place().open("rb") as file:
        return _read(file, now)


def place() -> Path:
    return Path(settings.ANCHORS)


def _append(line: Anchor) -> None:
    with _alone() as file:
        before = _last_proof(file)
        facts = {
            "at": line.at.isoformat(),
            "programme": str(line.programme_id or ""),
            "number": line.number,
            "head": line.head.hex(),
            "since": line.since.isoformat() if line.since else "",
        }
        file.seek(0, os.SEEK_END)
        file.write(json.dumps({**facts, "proof": _proof(before, facts)}).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _alone() -> Iterator[IO[bytes]]:
    place().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _last_proof(file: IO[bytes]) -> str:
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - 4096))
    last = file.read().splitlines()[-1:]
    try:
        return str(json.loads(last[0])["proof"]) if last else ""
    except (ValueError, KeyError):
        return "damaged"


def _read(file: IO[bytes], now: datetime) -> Anchors:
    lines: list[Anchor] = []
    before, changed = "", 0
    for number, written in enumerate(file, 1):
        try:
            facts = json.loads(written)
            proof = facts.pop("proof")
            line = Anchor(
                datetime.fromisoformat(facts["at"]),
                UUID(facts["programme"]) if facts["programme"] else None,
                int(facts["number"]),
                bytes.fromhex(facts["head"]),
                datetime.fromisoformat(facts["since"]) if facts["since"] else None,
            )
        except (ValueError, KeyError, TypeError):
            changed, before = changed or number, "damaged"
            continue
        if not hmac.compare_digest(_proof(before, facts), proof):
            changed = changed or number
        else:
            lines.append(line)
        before = proof
    return Anchors(lines, now, changed)


def _proof(before: str, facts: dict[str, object]) -> str:
    line = json.dumps([before, facts], sort_keys=True).encode()
    return hmac.digest(master.mark_key("journal anchors"), line, "sha256").hex()
