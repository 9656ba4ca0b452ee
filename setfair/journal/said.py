"""One line of the journal as bytes, the same when it is written and when it is read again, and the seal that says it was written here.

Whoever owns the tables can write rows; without the key, which lies outside the
database, they cannot seal one. So a line that somebody slipped in is told from
one that an act has left, before and after it is linked.
"""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from setfair.vault import master

FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BETWEEN = "\x1f"
"""Stands between the columns; none holds it: they hold ids, codes, routes and networks, and `detail` is JSON, which writes it as an escape."""

SPARE = 16
"""How many bytes of a seal are there so that no two lines look alike; the others are the proof."""

COLUMNS = ("programme_id", "at", "verb", "actor_kind", "actor_id", "subject_kind", "subject_id", "case_id", "route", "network", "detail")
"""All but the line's number, which the link holds, and the seal itself. A column that joins them joins `SAID`; a test asks the table."""

SAID = (
    f"concat_ws('{BETWEEN}', e.programme_id, (extract(epoch FROM e.at) * 1000000)::bigint, e.verb, e.actor_kind, coalesce(e.actor_id::text, ''), "
    "e.subject_kind, e.subject_id, coalesce(e.case_id::text, ''), e.route, e.network)"
)
"""What `said` says, as the database says it: all but `detail`."""


def said(values: dict[str, Any], detail: str) -> bytes:
    at = (values["at"] - FIRST_MOMENT) // MICROSECOND
    plain = [values["programme_id"], at, *(values[column] for column in COLUMNS[2:-1])]
    return whole(BETWEEN.join("" if value is None else str(value) for value in plain), detail)


def whole(plain: str, detail: str) -> bytes:
    """`plain` with the detail, whose names stand in one order however the database keeps them."""
    return f"{plain}{BETWEEN}{_in_order(detail)}".encode()


@lru_cache(4096)
def _in_order(detail: str) -> str:
    return json.dumps(json.loads(detail), sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Hand:
    """Seals and links the lines of one programme, and knows its own hand again."""

    line_key: bytes
    chain_key: bytes

    @classmethod
    def of(cls, programme_id: UUID | None) -> Hand:
        return cls(master.mark_key(f"journal line {programme_id}"), master.mark_key(f"journal chain {programme_id}"))

    def sealed(self, line: bytes) -> bytes:
        """A seal for a line; another one each time."""
        return self._proof(os.urandom(SPARE), line)

    def holds(self, seal: bytes, line: bytes) -> bool:
        return hmac.compare_digest(self._proof(seal[:SPARE], line), seal)

    def linked(self, before: bytes, number: int, entry: int, seal: bytes, line: bytes) -> bytes:
        """The link of a line: it holds the line, its place, and through `before` every line ahead of it."""
        place = number.to_bytes(8) + entry.to_bytes(8)
        return hmac.digest(self.chain_key, before + place + seal + line, "sha256")

    def _proof(self, spare: bytes, line: bytes) -> bytes:
        return spare + hmac.digest(self.line_key, spare + line, "sha256")[:16]
