"""A new master key in the place of the old one. The words stay as they are; the keys they are sealed under are wrapped anew.

Run as the role that owns the tables, which sees all programmes, and while Setfair
serves. Every step may be cut off and done again: both master keys are there until
the last row has left the old one.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection, transaction

from setfair.core import clock

from . import master, ring

Turn = Callable[[], None]
MOST_PATIENT = 10.0
"""Seconds for which others' transactions are waited for. Who waits no longer risks at most a name that is not found until it is saved again."""

BEGUN = """
    INSERT INTO vault_epoch (number, began_at, marks)
    SELECT %s, %s, coalesce((SELECT marks FROM vault_epoch ORDER BY number DESC LIMIT 1), '') ON CONFLICT DO NOTHING
"""

_turns: list[Turn] = []


class NotPossible(Exception):
    """Keys in the database are wrapped under a master key that is not there; the message says which."""


def also(turn: Turn) -> None:
    """Have this done in each rotation, when all data keys are under the new master: for whatever else stands on a master key. It may run twice."""
    _turns.append(turn)


def turn_to_newest() -> int:
    """Bring everything that stands on a master key to the newest one; says how many data keys there are. Then nothing needs the older ones."""
    master.look_again()
    await_others()
    kept = _rewrap(master.epoch())
    for turn in _turns:
        turn()
    await_others()
    return kept


def await_others() -> None:
    """Let those end who may have looked at the keys before us."""
    until = time.monotonic() + MOST_PATIENT
    others = _at_work()
    while others and time.monotonic() < until:
        time.sleep(0.05)
        others &= _at_work()


def _at_work() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'virtualxid' AND mode = 'ExclusiveLock' AND pid <> pg_backend_pid() "
            "AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
        )
        return {name for (name,) in cursor.fetchall()}


@transaction.atomic
def _rewrap(newest: int) -> int:
    """All data keys of all programmes, while nobody adds one. From the commit on the database takes none under an older master key."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '60s'")
        cursor.execute("LOCK TABLE vault_datakey IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT DISTINCT epoch FROM vault_datakey WHERE epoch <> %s ORDER BY 1", [newest])
        lacking = [number for (number,) in cursor.fetchall() if number not in master.masters()]
        if lacking:
            raise NotPossible(f"Keys in the database need master-{lacking[0]}.key, which is not there. Put it back; nothing was changed.")
        cursor.execute("SELECT programme_id, id, wrapped, epoch FROM vault_datakey WHERE epoch < %s", [newest])
        anew = [(ring.rewrapped(*row, newest), newest, row[0], row[1]) for row in cursor.fetchall()]
        cursor.executemany("UPDATE vault_datakey SET wrapped = %s, epoch = %s WHERE programme_id = %s AND id = %s", [row for row in anew if row[0]])
        cursor.execute(BEGUN, [newest, clock.now()])
        cursor.execute("SELECT count(*) FROM vault_datakey")
        return cursor.fetchone()[0]
