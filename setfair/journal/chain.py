"""The worker's part: every few seconds it links what was written since, in each programme, and no writer waits for it.

Lines get their numbers before their transactions end, so a smaller number may come
to light after a bigger one. A pass therefore takes whatever is not linked yet, and
passes over only what it has linked up to a number below which nothing can come any
more: every transaction that still runs began after that number was seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from setfair.core import tenant

from . import said

BATCH = 2_000

HERE = """
    SELECT pg_try_advisory_xact_lock(hashtextextended('journal ' || %s, 0)),
           coalesce((SELECT max(id) FROM journal_entry WHERE programme_id = %s), 0)
"""
RUNNING = """
    SELECT clock_timestamp(), (SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid())
"""
LAST = "SELECT id, mac FROM journal_link WHERE programme_id = %s ORDER BY id DESC LIMIT 1"
WAITING = f"""
    SELECT e.id, e.seal, {said.SAID}, e.detail::text FROM journal_entry e
    WHERE e.programme_id = %s AND e.id > %s
    AND NOT EXISTS (SELECT FROM journal_link l WHERE l.programme_id = e.programme_id AND l.entry_id = e.id)
    ORDER BY e.id LIMIT %s
"""  # noqa: S608
ADD = """
    INSERT INTO journal_link (programme_id, id, entry_id, mac)
    SELECT %s, * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])
"""


@dataclass
class _Seen:
    """How far one programme's journal is linked without a gap, and what was the newest line when somebody last looked."""

    upto: int = 0
    newest: int = 0
    at: datetime | None = None


@dataclass
class Linker:
    """Links one programme after another, and remembers how far each has come; one that has just begun looks through everything once."""

    seen: dict[UUID, _Seen] = field(default_factory=dict)

    def sweep(self) -> int:
        """Link what waits in every programme; says how many lines that were."""
        return sum(self.link(programme_id) for programme_id in programmes())

    def link(self, programme_id: UUID) -> int:
        linked, seen = 0, self.seen.setdefault(programme_id, _Seen())
        while True:
            taken, forged = self._pass(programme_id, seen)
            linked += taken
            if taken + forged < BATCH:
                return linked

    def _pass(self, programme_id: UUID, seen: _Seen) -> tuple[int, int]:
        """One batch in one transaction, unless another worker is at it. A line that was not sealed here is left unlinked, to be found."""
        with tenant.inside(programme_id), connection.cursor() as cursor:
            cursor.execute(HERE, [programme_id, programme_id])
            mine, newest = cursor.fetchone()
            if not mine:
                return 0, 0
            cursor.execute(RUNNING)
            now, oldest = cursor.fetchone()
            cursor.execute(WAITING, [programme_id, seen.upto, BATCH])
            waiting = [(entry, bytes(seal), said.whole(plain, detail)) for entry, seal, plain, detail in cursor.fetchall()]
            hand = said.Hand.of(programme_id)
            sound = [line for line in waiting if hand.holds(line[1], line[2])]
            if sound:
                _add(programme_id, hand, sound)
        if len(waiting) == BATCH:
            seen.upto = seen.upto if len(sound) else waiting[-1][0]
        elif seen.at is None or oldest is None or oldest > seen.at:
            seen.upto, seen.newest, seen.at = (seen.newest if seen.at else 0), newest, now
        return len(sound), len(waiting) - len(sound)


def _add(programme_id: UUID, hand: said.Hand, lines: list[tuple[int, bytes, bytes]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LAST, [programme_id])
        number, before = cursor.fetchone() or (0, b"")
        macs: list[bytes] = []
        for place, (entry, seal, line) in enumerate(lines, number + 1):
            before = hand.linked(bytes(before), place, entry, seal, line)
            macs.append(before)
        numbers = list(range(number + 1, number + len(lines) + 1))
        cursor.execute(ADD, [programme_id, numbers, [entry for entry, _seal, _line in lines], macs])


def programmes() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        return [programme_id for (programme_id,) in cursor.fetchall()]
