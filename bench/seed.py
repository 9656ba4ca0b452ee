"""A programme with very many cases, made once for each state of the schema and kept: `seed_<size>_<state>` in the tests' cluster."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from config import places, schema
from tests import pgcluster

from .database import leave, work_on
from .sowing import sow

WRITTEN = {
    "referrals_referral": "received_at",
    "vault_datakey": "made_at",
    "accounts_pass": "made_at",
    "letters_letter": "made_at",
    "journal_entry": "at",
    "floor_note": "at",
}
"""What the measured pages write, with the moment of each row."""
HERE = Path(__file__).parent
MADE_BY = ("sowing.py", "seed.sql", "rows.py", "floor/tables.sql")


def ready(many: int) -> str:
    """The name of the database with this many cases; made now if it is not there. The caller has joined the cluster."""
    name = f"seed_{many}_{_state()}"
    with pgcluster.locked(f"seed-{many}"), pgcluster.superuser() as server:
        _sweep(server, many, name)
        if not server.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            print(f"Seeding {many:,} cases (once for each state of the schema) ...", flush=True)
            began = time.monotonic()
            sow(name, many)
            print(f"  done in {time.monotonic() - began:.0f} s", flush=True)
    work_on(name)
    return name


@contextmanager
def tidied(name: str) -> Iterator[None]:
    """What is written in the block is taken out again, so that the next measurement finds the same house."""
    with pgcluster.superuser(name) as server:
        (began,) = server.execute("select clock_timestamp()").fetchone()
        try:
            yield
        finally:
            leave()
            server.execute("set session_replication_role = replica")
            for table, moment in WRITTEN.items():
                server.execute(sql.SQL("delete from {} where {} >= %s").format(sql.Identifier(table), sql.Identifier(moment)), [began])
            for table in ("django_session", "access_bucket", "procrastinate_events", "procrastinate_jobs"):
                server.execute(sql.SQL("delete from {}").format(sql.Identifier(table)))


def _state() -> str:
    """The schema, the makers, the keys, and the week: what lies in it is so many days old, and would grow older."""
    year, week, _day = date.today().isocalendar()
    made = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in MADE_BY)).hexdigest()
    keys = "".join(path.read_text() for path in sorted(places.keys_dir().glob("*.key")))
    return schema.fingerprint(besides=[*settings.INSTALLED_APPS, made, hashlib.sha256(keys.encode()).hexdigest(), f"{year} {week}"])


def _sweep(server: psycopg.Connection, many: int, wanted: str) -> None:
    """Drop the same size of other states, unless somebody is looking at it."""
    idle = "not exists (select from pg_stat_activity where datid = d.oid)"
    old = f"select datname from pg_database d where datname like %s and datname <> %s and {idle}"
    for (name,) in server.execute(old, [f"seed\\_{many}\\_%", wanted]).fetchall():
        pgcluster.drop(name)
