"""How far each programme's chain had come, written down outside the database: one file to which lines are only added.

A chain alone cannot tell that its end was cut off; a line here can, for it names a
link that must be there. The lines are chained themselves. `since` on a line says
that what this one programme had anchored after that moment, from a number on, is
excused (`excuses.py`).
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
from collections.abc import Collection, Iterator
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

LONGEST_LINE = 16_384


@dataclass(frozen=True)
class Anchor:
    """One line of the file. With `since` it is an excuse, and `excuse` the row that says why; where there can be no row, `reason` says it here.

    Before there were rows, one was for every programme.
    """

    at: datetime
    programme_id: UUID | None
    number: int
    head: bytes
    since: datetime | None = None
    excuse: UUID | None = None
    reason: str = ""


@dataclass(frozen=True)
class Anchors:
    """The file as it was read. `changed` is the number of the first of its lines that does not follow from those before, or 0."""

    lines: list[Anchor]
    read_at: datetime
    changed: int = 0

    def of(self, programme_id: UUID) -> list[Anchor]:
        return [line for line in self.lines if line.programme_id == programme_id and line.since is None]

    def programmes(self) -> set[UUID]:
        return {line.programme_id for line in self.lines if line.programme_id is not None and line.since is None}

    def gone(self, here: Collection[UUID]) -> dict[UUID, list[Anchor]]:
        """Every programme that was anchored and is not in this database any more, and what was said of it: a line without a reason says nothing."""
        away = sorted(self.programmes() - set(here), key=str)
        said = [line for line in self.lines if line.since is not None and line.excuse is None and line.reason]
        return {one: [line for line in said if line.programme_id in (None, one)] for one in away}

    def unsaid(self, here: Collection[UUID]) -> list[UUID]:
        """Those of them of which something was anchored that no reason covers."""
        gone = self.gone(here).items()
        return [one for one, said in gone if any(not _covered(line, said) for line in self.of(one))]

    def covering(self, line: Anchor, here: Collection[UUID]) -> list[Anchor]:
        """Of what was said of a programme that is gone, all that covers this line."""
        return [one for one in self.gone(here).get(line.programme_id, []) if _covered(line, [one])]  # type: ignore[arg-type]

    def excused(self, programme_id: UUID, number: int, moment: datetime, rows: Collection[UUID | None]) -> Anchor | None:
        """The line, if there is one, that excuses what this programme anchored at this moment. One whose row is not among `rows` excuses nothing."""
        for line in self.lines:
            of_old = line.programme_id is None
            theirs = line.programme_id == programme_id and line.excuse in rows and number >= line.number
            if line.since is not None and line.since < moment <= line.at and (of_old or theirs):
                return line
        return None


def _covered(line: Anchor, said: list[Anchor]) -> bool:
    return any(one.since is not None and one.since < line.at <= one.at for one in said)


def anchor(programme_id: UUID) -> bool:
    """Write down where the chain of this programme stands; says whether there was anything new to write."""
    with tenant.inside(programme_id), connection.cursor() as cursor:
        cursor.execute(chain.LAST, [programme_id])
        number, head = cursor.fetchone() or (0, b"")
        newest = Anchoring.objects.order_by("-number").first()
        if number == (newest.number if newest else 0):
            return False
        append(Anchor(clock.now(), programme_id, number, bytes(head)))
        Anchoring.objects.create(number=number)
        return True


def anchor_all() -> int:
    return sum(anchor(programme_id) for programme_id in chain.programmes())


def read() -> Anchors:
    now = clock.now()
    if not place().exists():
        return Anchors([], now)
    with place().open("rb") as file:
        return _read(file, now)


def place() -> Path:
    return Path(settings.ANCHORS)


def append(line: Anchor) -> None:
    """One more line, proved by those before it, and on the disk when this returns."""
    with _alone() as file:
        before = _last_proof(file)
        facts = {
            "at": line.at.isoformat(),
            "programme": str(line.programme_id or ""),
            "number": line.number,
            "head": line.head.hex(),
            "since": line.since.isoformat() if line.since else "",
            "excuse": str(line.excuse or ""),
            "reason": line.reason,
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
    file.seek(max(0, end - LONGEST_LINE))
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
                UUID(facts["excuse"]) if facts.get("excuse") else None,
                str(facts.get("reason", "")),
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
