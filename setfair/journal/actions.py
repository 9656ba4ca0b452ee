from __future__ import annotations

import json
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.records import Told, Walled

from .models import Entry
from .said import COLUMNS, Hand, said

place: ContextVar[tuple[str, str]] = ContextVar("place", default=("", ""))
"""From where: the route's name (never the address with its ids) and the caller's network, set by the front door for one request."""

AN_HOUR = timedelta(hours=1)


def record(verb: str, subject: Told, *, by: Actor, case: UUID | None = None, **detail: Any) -> Entry:
    """Write one line in the caller's transaction: no line, no act.

    It stands in the history of the subject's own case, or of `case` when the subject
    is of none: a person is known in many, and an act on them belongs to one.
    `detail` takes codes, stages, counts and field names. A name or a sentence that
    a person wrote does not belong here: the journal outlives the words.
    """
    route, network = place.get()
    line = Entry(
        verb=verb,
        actor_kind=str(by.kind),
        actor_id=by.id,
        subject_kind=(subject._meta.concrete_model or type(subject))._meta.label_lower,
        subject_id=str(subject.pk),
        case_id=subject.case_key() or case,
        route=route,
        network=network,
        detail=detail,
    )
    values, written = {column: getattr(line, column) for column in COLUMNS[:-1]}, json.dumps(detail)
    line.seal = Hand.of(line.programme_id).sealed(said(values, written))
    with connection.cursor() as cursor:
        cursor.execute(LINE, {**values, "detail": written, "seal": line.seal})
        (line.pk,) = cursor.fetchone()
    line._state.adding, line._state.db = False, connection.alias
    return line


LINE = f"""
    INSERT INTO journal_entry ({", ".join(COLUMNS)}, seal)
    VALUES ({", ".join(f"%({column})s" for column in COLUMNS)}, %(seal)s) RETURNING id
"""  # noqa: S608
"""Written out: every act writes one, and Django takes longer to put it into SQL than PostgreSQL to keep it."""

READING = f"""
    INSERT INTO journal_entry ({", ".join(COLUMNS)}, seal)
    SELECT {", ".join(f"%({column})s" for column in COLUMNS)}, %(seal)s
    WHERE NOT EXISTS (
        SELECT FROM journal_entry
        WHERE programme_id = %(programme_id)s AND verb = 'read' AND at > %(hour_ago)s AND actor_id = %(actor_id)s AND route = %(route)s
        AND subject_id = %(subject_id)s
    )
"""  # noqa: S608


def note_reading(subject: Walled, *, by: Actor) -> None:
    """Write down that somebody opened a page about this row, at most once an hour for each reader, page and row; one statement."""
    now, (route, network) = clock.now(), place.get()
    who: dict[str, Any] = {"programme_id": subject.programme_id, "actor_kind": str(by.kind), "actor_id": by.id, "route": route, "network": network}
    what: dict[str, Any] = {"subject_kind": subject._meta.label_lower, "subject_id": str(subject.pk), "case_id": subject.case_key()}
    values: dict[str, Any] = who | what | {"at": now, "verb": "read"}
    seal = Hand.of(subject.programme_id).sealed(said(values, "{}"))
    with connection.cursor() as cursor:
        cursor.execute(READING, values | {"detail": "{}", "seal": seal, "hour_ago": now - AN_HOUR})
