"""Where a programme's chain stood, in a few signs: for paper that leaves, and for the letters of those who answer for it.

Whoever can write the database and the file of anchors can cut off an end of both. They cannot
fetch back what somebody has in a drawer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from setfair.core import clock, tenant
from setfair.core.text import ALPHABET, shown, typed

SIGNS = 8
NEWEST = """
    SELECT l.id, l.mac FROM journal_anchoring a JOIN journal_link l ON l.programme_id = a.programme_id AND l.id = a.number
    WHERE a.programme_id = %s AND a.at <= %s ORDER BY a.number DESC LIMIT 1
"""


@dataclass(frozen=True)
class Mark:
    """The number of a link, and eight signs of the proof it carries. Nobody can make one without the key that lies outside the database."""

    number: int
    signs: str

    @classmethod
    def of(cls, number: int, head: bytes) -> Mark:
        left = int.from_bytes(head[: SIGNS * 5 // 8])
        return cls(number, "".join(ALPHABET[left >> 5 * place & 31] for place in reversed(range(SIGNS))))

    @classmethod
    def copied(cls, words: str) -> Mark | None:
        """As somebody copied it from paper; None for what is no mark."""
        plain = typed(words)
        number, signs = plain[:-SIGNS], plain[-SIGNS:]
        return cls(int(number), signs) if number.isdecimal() and len(number) < SIGNS + SIGNS and len(signs) == SIGNS else None

    def __str__(self) -> str:
        return f"{self.number}-{shown(self.signs)}"


def newest(moment: datetime | None = None) -> str:
    """The mark of the newest anchor of the programme one is inside, or of what was the newest at a moment; empty where nothing was anchored yet."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [tenant.current(), moment or clock.now()])
        found = cursor.fetchone()
    return str(Mark.of(found[0], bytes(found[1]))) if found else ""
