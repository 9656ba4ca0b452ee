"""That a lost end of one programme's journal is known, and why. A line that was changed, slipped in or taken out is never excused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from setfair.core import clock, tenant
from setfair.core.actor import system
from setfair.vault.ring import WordsAreGone

from . import anchors, chain
from .actions import record
from .anchors import Anchor, Anchors
from .models import Entry, Excuse

A_MOMENT = timedelta(microseconds=1)
SHORTEST, LONGEST = 10, 500
BROUGHT_BACK = "An older copy was brought back with make restore."


class NoReason(Exception):
    """Nobody said, in a sentence, why it is lost."""


@dataclass(frozen=True)
class Told:
    """One excuse, as it is shown from then on; `holds` says whether its row, its line in the journal and its line in the file are all there."""

    at: datetime
    since: datetime
    number: int
    reason: str
    holds: bool


def excuse(programme_id: UUID, *, since: datetime, number: int, reason: str) -> Excuse:
    """Write it down in the three places, the file last: if the row is taken back, the line in the file excuses nothing."""
    _demand(reason)
    with tenant.inside(programme_id):
        row = Excuse.objects.create(since=since, number=number, reason=reason.strip())
        record("excused", row, by=system(programme_id), number=number)
        anchors.append(Anchor(clock.now(), programme_id, number, b"", since, row.pk))
        return row


def excuse_gone(programme_id: UUID, *, since: datetime, reason: str) -> None:
    """The same for a programme that is not in this database any more: there is nowhere to write it but in the line of the file."""
    _demand(reason)
    anchors.append(Anchor(clock.now(), programme_id, 0, b"", since, reason=reason.strip()))


def first_of(programme_id: UUID, there: Anchors) -> datetime:
    """Just before anything of this programme was anchored."""
    return min(line.at for line in there.of(programme_id)) - A_MOMENT


def brought_back(moment: datetime) -> list[UUID]:
    """A copy that was made then took the place of what was here: for each programme, what it anchored after that is known to be lost.

    Answers with those that are not in the copy. What they had anchored before it was made is not excused: they were gone before that.
    """
    there, here, away = anchors.read(), set(chain.programmes()), []
    for programme_id in sorted(there.programmes(), key=str):
        after = [line for line in there.of(programme_id) if line.at > moment]
        if after and programme_id in here:
            excuse(programme_id, since=moment, number=min(line.number for line in after), reason=BROUGHT_BACK)
        elif after:
            excuse_gone(programme_id, since=moment, reason=_restored(moment))
            away.append(programme_id)
    return away


def brought_back_before_there_were_excuses(moment: datetime) -> list[UUID]:
    """A copy of an earlier form has no table for it; the file alone says so, for all that was in it."""
    there, here = anchors.read(), set(chain.programmes())
    anchors.append(Anchor(clock.now(), None, 0, b"", moment, reason=_restored(moment)))
    return sorted((one for one in there.programmes() - here if any(line.at > moment for line in there.of(one))), key=str)


def told(there: Anchors) -> list[Told]:
    """Every excuse of the programme one is inside, the newest first."""
    rows = list(Excuse.objects.order_by("-at"))
    said = set(Entry.objects.filter(verb="excused", subject_id__in=[str(row.pk) for row in rows]).values_list("subject_id", flat=True))
    filed = {line.excuse for line in there.lines}
    return [Told(row.at, row.since, row.number, _reason(row), str(row.pk) in said and row.pk in filed) for row in rows]


def covering(line: Anchor, there: Anchors) -> list[Told]:
    """The excuses of its programme that stand and cover what was anchored with this line."""
    with tenant.inside(line.programme_id):  # type: ignore[arg-type]
        return [one for one in told(there) if one.holds and one.since < line.at <= one.at and line.number >= one.number]


def standing() -> set[UUID]:
    """The excuses of this programme whose row and whose line in the journal are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT x.id FROM journal_excuse x WHERE EXISTS (SELECT FROM journal_entry e "
            "WHERE e.programme_id = x.programme_id AND e.verb = 'excused' AND e.subject_id = x.id::text)"
        )
        return {key for (key,) in cursor.fetchall()}


def _demand(reason: str) -> None:
    if not SHORTEST <= len(reason.strip()) <= LONGEST:
        raise NoReason


def _restored(moment: datetime) -> str:
    return f"Restored from the copy of {moment:%Y-%m-%d %H:%M} UTC."


def _reason(row: Excuse) -> str:
    try:
        return str(row.reason)
    except WordsAreGone:
        return "?"
