"""Goes through a programme's journal from end to end, and names the first place where it does not hold."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from setfair.core import tenant

from . import excuses, said
from .anchors import Anchor, Anchors
from .excuses import Told
from .marks import Mark
from .models import Anchoring, Break, Check

BATCH = 10_000

LINKS = "SELECT id, entry_id, mac FROM journal_link WHERE programme_id = %s AND id > %s ORDER BY id LIMIT %s"
LINES = f"SELECT e.id, e.seal, {said.SAID}, e.detail::text FROM journal_entry e WHERE e.programme_id = %s AND e.id BETWEEN %s AND %s"  # noqa: S608
NO_LINE = (None, "", "")
UNLINKED = f"""
    SELECT e.id, e.seal, e.at < now() - interval '1 minute', {said.SAID}, e.detail::text FROM journal_entry e
    WHERE e.programme_id = %s AND NOT EXISTS (SELECT FROM journal_link l WHERE l.programme_id = e.programme_id AND l.entry_id = e.id)
    ORDER BY e.id
"""  # noqa: S608
TWICE = "SELECT min(again) FROM (SELECT max(id) AS again FROM journal_entry WHERE programme_id = %s GROUP BY seal HAVING count(*) > 1) t"


@dataclass(frozen=True)
class Found:
    """The first broken place. `number` is the link's, `entry_id` the line's, `at` the day it is about, `anchored` the number of the anchor that does
    not stand; each is 0 or None where there is none."""

    kind: Break
    number: int = 0
    entry_id: int = 0
    at: datetime | None = None
    anchored: int = 0


@dataclass(frozen=True)
class Outcome:
    """What one going-through showed. `excused` is an anchor that reaches further than the journal, for a reason that was written down."""

    programme_id: UUID
    lines: int
    waiting: int
    found: Found | None
    excused: Anchor | None = None
    excuses: Sequence[Told] = ()


def verify(programme_id: UUID, anchors: Anchors) -> Outcome:
    """Read every line and every link, and compare with what was anchored; nothing is written."""
    with tenant.inside(programme_id):
        anchored = {line.number: line for line in anchors.of(programme_id)}
        walk = _Walk(programme_id, set(anchored))
        forged, waiting, late = _unlinked(programme_id)
        broken = walk.through() or _twice(programme_id) or forged
        fallen = [] if broken else [line for line in anchors.of(programme_id) if not walk.stands(line)]
        rows = excuses.standing()
        lost = [line for line in fallen if not anchors.excused(programme_id, line.number, line.at, rows)]
        if lost:
            broken = Found(Break.CUT, min(walk.number, lost[0].number), walk.entry_id, lost[0].at, lost[0].number)
        broken = broken or _older_anchors(programme_id, anchors, rows) or late
        furthest = max(fallen, key=lambda line: line.number) if fallen and not lost else None
        return Outcome(programme_id, walk.number, waiting, broken, furthest, excuses.told(anchors))


def still_there(programme_id: UUID, mark: Mark) -> bool:
    """Whether the chain, gone along from its beginning, has this link, and it carries these signs."""
    with tenant.inside(programme_id):
        walk = _Walk(programme_id, {mark.number})
        walk.through()
        head = walk.heads.get(mark.number)
        return head is not None and Mark.of(mark.number, head) == mark


def write_down(outcome: Outcome) -> Check:
    """Keep what was found, for the pages that tell of it."""
    found = outcome.found or Found(Break.CHANGED)
    with tenant.inside(outcome.programme_id):
        kind = outcome.found.kind if outcome.found else ""
        return Check.objects.create(lines=outcome.lines, found=kind, number=found.number or None, entry_id=found.entry_id or None)


class _Walk:
    """One way along the chain. Afterwards it knows where the chain ended, and the links that somebody asked about."""

    def __init__(self, programme_id: UUID, asked: set[int]) -> None:
        self.programme_id, self.asked, self.hand = programme_id, asked, said.Hand.of(programme_id)
        self.number, self.entry_id, self.before = 0, 0, b""
        self.heads: dict[int, bytes] = {}

    def stands(self, line: Anchor) -> bool:
        return self.heads.get(line.number) == line.head

    def through(self) -> Found | None:
        rows = self._rows()
        for number, entry, mac, seal, plain, detail in rows:
            if number != self.number + 1:
                return Found(Break.LINK_GONE, self.number + 1)
            if seal is None:
                return Found(Break.MISSING, number, entry)
            seal, line = bytes(seal), said.whole(plain, detail)
            if not self.hand.holds(seal, line):
                return Found(Break.CHANGED, number, entry)
            proof = self.hand.linked(self.before, number, entry, seal, line)
            if not hmac.compare_digest(proof, bytes(mac)):
                return Found(self._what_moved(proof, next(rows, None)), number, entry)
            self.number, self.entry_id, self.before = number, entry, proof
            if number in self.asked:
                self.heads[number] = proof
        return None

    def _what_moved(self, proof: bytes, following: tuple[int, int, bytes, bytes | None, str, str] | None) -> Break:
        """The line is whole and its link is not: if the next link follows from what this one should be, it was the link that was changed."""
        if following is None or following[3] is None:
            return Break.LINK_CHANGED
        number, entry, mac, seal, plain, detail = following
        after = self.hand.linked(proof, number, entry, bytes(seal), said.whole(plain, detail))
        return Break.LINK_CHANGED if after == bytes(mac) else Break.MOVED

    def _rows(self) -> Iterator[tuple[int, int, bytes, bytes | None, str, str]]:
        """Link by link with its line. Lines lie nearly in the order of their links, so a stretch of both is read at a time and laid together here."""
        after = 0
        while True:
            with connection.cursor() as cursor:
                cursor.execute(LINKS, [self.programme_id, after, BATCH])
                links = cursor.fetchall()
                entries = [entry for _number, entry, _mac in links] or [0]
                cursor.execute(LINES, [self.programme_id, min(entries), max(entries)])
                lines = {entry: line for entry, *line in cursor.fetchall()}
            for number, entry, mac in links:
                yield (number, entry, mac, *lines.get(entry, NO_LINE))
            if len(links) < BATCH:
                return
            after = links[-1][0]


def _twice(programme_id: UUID) -> Found | None:
    """A line that has the seal of another line."""
    with connection.cursor() as cursor:
        cursor.execute(TWICE, [programme_id])
        (again,) = cursor.fetchone()
    return None if again is None else Found(Break.INSERTED, entry_id=again)


def _unlinked(programme_id: UUID) -> tuple[Found | None, int, Found | None]:
    """The first line that has no seal of ours, how many wait to be linked, and the first that has waited for longer than a minute."""
    hand, forged, late = said.Hand.of(programme_id), 0, 0
    with connection.cursor() as cursor:
        cursor.execute(UNLINKED, [programme_id])
        rows = cursor.fetchall()
    for entry, seal, old, plain, detail in rows:
        if not hand.holds(bytes(seal), said.whole(plain, detail)):
            forged = forged or entry
        elif old:
            late = late or entry
    slipped = Found(Break.INSERTED, entry_id=forged) if forged else None
    return slipped, len(rows), Found(Break.UNLINKED, entry_id=late) if late else None


def _older_anchors(programme_id: UUID, anchors: Anchors, rows: set[UUID]) -> Found | None:
    """The file was changed, or is one from before something that the database knows was written into it."""
    if anchors.changed:
        return Found(Break.ANCHORS, anchors.changed)
    written = {line.number for line in anchors.of(programme_id)}
    for known in Anchoring.objects.filter(at__lte=anchors.read_at).order_by("number"):
        if known.number not in written and not anchors.excused(programme_id, known.number, known.at, rows):
            return Found(Break.ANCHORS, known.number, at=known.at, anchored=known.number)
    return None
