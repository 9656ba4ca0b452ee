"""All the rules of Today in one statement, put into SQL once for each set of roles and then asked with the values of the day.

To build a dozen queries costs Django more than it costs PostgreSQL to answer them,
and to plan them costs PostgreSQL three times what the answer does. The statement is
built about somebody who does not exist, on a day that never was; wherever one of
their values stands in it, the real one is put. PostgreSQL keeps its plan for as long
as the connection lives. Whether this connection has it is asked each time: behind a
pool of connections nobody else knows.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from setfair.conferences.models import AFTER, BEFORE
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Programme

from .asked import THEIRS, Asked
from .prepared import young_since
from .today import RULES

Line = tuple[str, str, str, datetime, Any]
THAT_NEVER_WAS = datetime(1900, 3, 14, 15, 9, 26, tzinfo=UTC)


def lines(actor: Actor, programme: Programme, *, everyones: bool) -> list[Line]:
    """What all the rules found, in no order."""
    name, statement = _statement(actor.roles, everyones)
    if not statement:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_prepared_statements WHERE name = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(statement)
        cursor.execute(ASK.format(name=name), _values(Asked(actor, timezone.now(), programme, everyones)))
        cursor.nextset()
        return cursor.fetchall()


TYPES = ("uuid", "uuid", "timestamptz", "date", "date", *["timestamptz"] * 4, "int", *["timestamptz"] * 2)
ASK = f"/* once planned, always planned */ SET LOCAL plan_cache_mode = force_generic_plan; EXECUTE {{name}} ({', '.join(['%s'] * len(TYPES))})"


@cache
def _statement(roles: frozenset[str], everyones: bool) -> tuple[str, str]:
    """What prepares the statement, and under which name; empty for roles to which no rule speaks."""
    nobody = _nobody(roles, everyones)
    with clock.standing_still(THAT_NEVER_WAS):
        first, *others = (rule(nobody) for rule in RULES)
    try:
        asked, written = first.union(*others, all=True).query.sql_with_params()
    except EmptyResultSet:
        return "", ""
    if nobody.narrowed:
        theirs, before = nobody.theirs().query.sql_with_params()
        asked, written = f"WITH {THEIRS} AS MATERIALIZED ({theirs}) {asked}", before + written
    asked %= tuple(_put(value, _values(nobody)) for value in written)
    name = f"today_{sha256(asked.encode()).hexdigest()[:16]}"
    return name, f"PREPARE {name} ({', '.join(TYPES)}) AS {asked}".replace("%", "%%")


def _put(value: Any, values: list[Any]) -> str:
    """A value of the asking by its number, and everything else as it is."""
    if not isinstance(value, list | bool) and value in values:
        return f"${values.index(value) + 1}"
    with connection.cursor() as cursor:
        return str(cursor.mogrify("%s", [value]))


def _nobody(roles: frozenset[str], everyones: bool) -> Asked:
    return Asked(Actor(Kind.STAFF, UUID(int=1), UUID(int=2), roles), THAT_NEVER_WAS, Programme(zone="UTC", silence_days=7), everyones)


def _values(asked: Asked) -> list[Any]:
    """Everything in which one asking differs from another."""
    return [
        asked.actor.programme_id,
        asked.actor.id,
        asked.now,
        asked.today,
        asked.soon,
        asked.quiet_since,
        asked.now + BEFORE,
        asked.now - AFTER,
        asked.end_of_tomorrow,
        young_since(asked.today),
        asked.looked_since,
        asked.looked_after_since,
    ]
