from __future__ import annotations

import json
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.records import Walled

from .models import Entry

place: ContextVar[tuple[str, str]] = ContextVar("place", default=("", ""))
"""From where: the route's name (never the address with its ids) and the caller's network, set by the front door for one request."""

AN_HOUR = timedelta(hours=1)


def record(verb: str, subject: Walled, *, by: Actor, case: UUID | None = None, **detail: Any) -> Entry:
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
    with connection.cursor() as cursor:
        cursor.execute(LINE, [getattr(line, column) for column in COLUMNS] + [json.dumps(detail)])
        (line.pk,) = cursor.fetchone()
    line._state.adding, line._state.db = False, connection.alias
    return line


COLUMNS = ("programme_id", "at", "verb", "actor_kind", "actor_id", "subject_kind", "subject_id", "case_id", "route", "network")
LINE = """
    INSERT INTO journal_entry (programme_id, at, verb, actor_kind, actor_id, subject_kind, subject_id, case_id, route, network, detail)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb) RETURNING id
"""
"""Written out: every act writes one, and Django takes longer to put it into SQL than PostgreSQL to keep it."""

READING = """
    INSERT INTO journal_entry (programme_id, at, verb, actor_kind, actor_id, subject_kind, subject_id, case_id, route, network, detail)
    SELECT %(programme)s, %(now)s, 'read', %(kind)s, %(actor)s, %(what)s, %(row)s, %(case)s, %(route)s, %(network)s, '{}'::jsonb
    WHERE NOT EXISTS (
        SELECT FROM journal_entry
        WHERE programme_id = %(programme)s AND case_id = %(case)s AND verb = 'read' AND actor_id = %(actor)s AND at > %(hour_ago)s
        AND route = %(route)s AND subject_id = %(row)s
    )
"""


def note_reading(subject: Walled, *, by: Actor) -> None:
    """Write down that somebody opened a page of this row's case, at most once an hour for each reader, page and row; one statement."""
    now, (route, network) = clock.now(), place.get()
    who = {"programme": subject.programme_id, "kind": str(by.kind), "actor": by.id, "route": route, "network": network}
    what = {"what": subject._meta.label_lower, "row": str(subject.pk), "case": subject.case_key()}
    with connection.cursor() as cursor:
        cursor.execute(READING, who | what | {"now": now, "hour_ago": now - AN_HOUR})
