"""A fingerprint of what shapes the database, so that an unchanged one is not migrated again."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import sql

from config import places, postgres

SHAPED_BY = ("setfair/**/migrations/*.py", "setfair/**/walls*.py", "setfair/**/*.sql", "deploy/roles.sql")


def files() -> list[Path]:
    return sorted({path for pattern in SHAPED_BY for path in places.ROOT.glob(pattern)})


def fingerprint(*, besides: Iterable[str]) -> str:
    """The same for the same migrations and the same `besides`."""
    digest = hashlib.sha256()
    for path in files():
        digest.update(f"{path.relative_to(places.ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for word in besides:
        digest.update(f"{word}\0".encode())
    return digest.hexdigest()[:16]


def remembered() -> dict[str, str]:
    """What the last start noted in the database itself; a restored or new one remembers nothing."""
    with psycopg.connect(postgres.conninfo("setfair_owner")) as connection:
        (note,) = connection.execute("select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()").fetchone()
    try:
        return dict(json.loads(note or "{}"))
    except ValueError:
        return {}


def remember(**facts: str) -> None:
    note = json.dumps({**remembered(), **facts})
    with psycopg.connect(postgres.conninfo("setfair_owner")) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("comment on database {} is {}").format(name, sql.Literal(note)))
