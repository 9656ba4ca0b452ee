"""How much processor time a served house has spent, itself and the connections it has to the database: others on the machine are not in it."""

from __future__ import annotations

import time
from collections.abc import Iterable

import psycopg

CONNECTED = "select pid from pg_stat_activity where application_name = %s"


def clock_of(process: int) -> int:
    """The processor clock of any process, all its threads together; as the kernel numbers them."""
    return (~process << 3) | 2


def connected(server: psycopg.Connection, called: str) -> list[int]:
    """The processes of the database that serve whoever connects under this name."""
    return [process for (process,) in server.execute(CONNECTED, [called]).fetchall()]


def spent(processes: Iterable[int]) -> float:
    """Seconds of processor time since each of them began."""
    return sum(time.clock_gettime(clock_of(process)) for process in processes)
