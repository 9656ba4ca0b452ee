"""Counters and denials, on a connection of their own, one for each thread.

A page that fails rolls its transaction back. If the counter of wrong codes lay in
that transaction, an attacker would only have to make the page fail.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
from django.db import OperationalError, connection
from django.http import HttpRequest

from setfair.vault.master import digest

from .network import network_of

COUNT = """
INSERT INTO access_bucket (key, since, count) VALUES (%(key)s, now(), 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN access_bucket.since < now() - %(window)s THEN 1 ELSE access_bucket.count + 1 END,
  since = CASE WHEN access_bucket.since < now() - %(window)s THEN now() ELSE access_bucket.since END
RETURNING count
"""
GIVE_BACK = "UPDATE access_bucket SET count = count - 1 WHERE key = %(key)s AND count > 0 RETURNING count"
DENIAL = """
INSERT INTO access_denial (at, route, permission, actor_kind, actor_id, programme_id, network)
SELECT now(), %(route)s, %(permission)s, %(kind)s, %(id)s::uuid, %(programme)s::uuid, %(network)s::text
WHERE (
  SELECT count(*) FROM access_denial
  WHERE at > now() - interval '1 hour' AND network = %(network)s::text AND actor_id IS NOT DISTINCT FROM %(id)s::uuid
) < %(most)s RETURNING id
"""
MOST_DENIALS = 300
"""Lines an hour about one somebody in one network: enough to see what goes on, too few to fill a disk with."""


def allow(what: str, *, limit: int, per: timedelta) -> bool:
    """Count one try of `what` (a purpose and whom it concerns) and say whether it is within `limit`.

    One atomic statement: of 200 tries at the same instant against a limit of 10,
    exactly 10 pass. The count stands even if the request fails.
    """
    return _aside(COUNT, key=digest("bucket", what), window=per) <= limit


def give_back(what: str) -> None:
    """Take one try back: it was right, and only wrong ones are to count."""
    _aside(GIVE_BACK, key=digest("bucket", what))


def deny(request: HttpRequest, permission: str) -> None:
    """Write down a door that stayed shut."""
    actor, match = request.actor, request.resolver_match  # type: ignore[attr-defined]
    _aside(
        DENIAL,
        route=(match.view_name or "")[:80] if match else "",
        permission=permission,
        kind=actor.kind,
        id=actor.id,
        programme=actor.programme_id,
        network=network_of(request),
        most=MOST_DENIALS,
    )


def _aside(statement: str, **values: Any) -> Any:
    """Run one statement on this thread's other connection, where each is committed by itself. One that has died meanwhile is opened anew."""
    try:
        kept = _other()
        try:
            row = kept.execute(statement, values).fetchone()
        except psycopg.OperationalError:
            if not kept.closed:
                raise
            row = _other().execute(statement, values).fetchone()
    except psycopg.OperationalError as fault:
        raise OperationalError(*fault.args) from fault
    return row[0] if row else None


@dataclass
class _Other:
    """Ends with its thread."""

    params: dict[str, Any]
    line: psycopg.Connection

    def __del__(self) -> None:
        self.line.close()


def hang_up() -> None:
    """Close this thread's other connection, for whoever closes Django's own; the next count opens a new one."""
    _thread.__dict__.pop("other", None)


def _other() -> psycopg.Connection:
    """The other connection of this thread, to the database that is asked now. To open one costs as much as a whole page."""
    params = {k: v for k, v in connection.get_connection_params().items() if k not in ("context", "cursor_factory")}
    kept: _Other | None = getattr(_thread, "other", None)
    if kept is None or kept.line.closed or kept.params != params:
        kept = _thread.other = _Other(params, psycopg.connect(**params, autocommit=True))
    return kept.line


_thread = threading.local()
