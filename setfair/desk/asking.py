"""All the rules of Today in one statement, put into SQL once for each set of roles and then asked with the values of the day.

To build a dozen queries costs Django more than it costs PostgreSQL to answer them.
The statement is built about somebody who does not exist, on a day that never was;
wherever one of their values stands in it, the real one is put.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Programme

from .asked import Asked
from .prepared import young_since
from .today import RULES

Line = tuple[str, str, str, datetime, Any]
THAT_NEVER_WAS = datetime(1900, 3, 14, 15, 9, 26, tzinfo=UTC)


def lines(actor: Actor, programme: Programme, *, everyones: bool) -> list[Line]:
    """What all the rules found, in no order."""
    statement, written = _statement(actor.roles, everyones)
    if not statement:
        return []
    values = dict(zip(_values(_nobody(actor.roles, everyones)), _values(Asked(actor, timezone.now(), programme.zone, everyones)), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(statement, [value if isinstance(value, list) else values.get(value, value) for value in written])
        return cursor.fetchall()


@cache
def _statement(roles: frozenset[str], everyones: bool) -> tuple[str, tuple[Any, ...]]:
    """Empty for roles to which no rule speaks."""
    first, *others = (rule(_nobody(roles, everyones)) for rule in RULES)
    try:
        return first.union(*others, all=True).query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def _nobody(roles: frozenset[str], everyones: bool) -> Asked:
    return Asked(Actor(Kind.STAFF, UUID(int=1), UUID(int=2), roles), THAT_NEVER_WAS, "UTC", everyones)


def _values(asked: Asked) -> list[Any]:
    """Everything in which one asking differs from another."""
    return [
        asked.actor.programme_id,
        asked.actor.id,
        asked.now,
        asked.today,
        asked.soon,
        asked.quiet_since,
        asked.end_of_tomorrow,
        young_since(asked.today),
    ]
