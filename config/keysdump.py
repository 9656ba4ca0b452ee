"""The data keys as they are now, beside the copies of the master keys they are wrapped under.

A copy of the rows that was made before a rotation has its own data keys under a
master key that is gone. With these in their place it opens with today's master: all
of it but what was shredded since.
"""

import base64
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from config import keyring, manifest, places
from config.manifest import Unfit

KEYS = "select programme_id::text, id::text, wrapped, epoch from vault_datakey order by 1, 2"
STEPS = "select id, data from mfa_authenticator order by id"
EPOCH = """
    insert into vault_epoch (number, began_at, marks)
    select %s, now(), coalesce((select marks from vault_epoch order by number desc limit 1), '') on conflict do nothing
"""


@dataclass(frozen=True)
class KeysDump:
    """Wrapped data keys and the sealed secrets of second steps; without the master key `epoch` they open nothing."""

    made_at: str
    epoch: int
    master: str
    marks: str
    keys: list[list]
    steps: list[list]


def write(connection: psycopg.Connection) -> Path:
    """The newest; those of older master keys open nothing and go."""
    newest = keyring.master_keys()[-1]
    rows = connection.execute(KEYS)
    dump = KeysDump(
        made_at=datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"),
        epoch=keyring.epoch_of(newest),
        master=manifest.fingerprint(newest),
        marks=manifest.fingerprint(keyring.marks_file()),
        keys=[[programme, owner, base64.b64encode(wrapped).decode(), epoch] for programme, owner, wrapped, epoch in rows],
        steps=[list(row) for row in connection.execute(STEPS)],
    )
    folder = places.backup_keys_dir()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"data-keys-{dump.epoch}.json"
    _write(path, json.dumps(asdict(dump)))
    for old in folder.glob("data-keys-*.json"):
        if old != path:
            old.unlink()
    return path


def _write(path: Path, said: str) -> None:
    fresh = path.with_suffix(".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"{hashlib.sha256(said.encode()).hexdigest()}\n{said}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def read(path: Path) -> KeysDump:
    try:
        digest, said = path.read_text().split("\n", 1)
    except (OSError, ValueError) as reason:
        raise Unfit(f"The data keys in {path} cannot be read: {reason}.") from None
    if hashlib.sha256(said.strip().encode()).hexdigest() != digest:
        raise Unfit(f"{path.name} is damaged. Nothing was changed.")
    return KeysDump(**json.loads(said))


def newest() -> Path | None:
    """The one that goes with the copies of the keys."""
    found = sorted(places.backup_keys_dir().glob("data-keys-*.json"), key=lambda path: int(path.stem.rsplit("-", 1)[1]))
    return found[-1] if found else None


def put_in(connection: psycopg.Connection, dump: KeysDump) -> None:
    """These in the place of those that came with an older copy; what is no longer among them goes, and every stay ends."""
    execute = connection.execute
    execute("create temporary table kept (programme uuid, id uuid, wrapped bytea, epoch int) on commit drop")
    with connection.cursor().copy("copy kept from stdin") as copy:
        for programme, owner, wrapped, epoch in dump.keys:
            copy.write_row((programme, owner, base64.b64decode(wrapped), epoch))
    execute("update vault_datakey d set wrapped = k.wrapped, epoch = k.epoch from kept k where k.programme = d.programme_id and k.id = d.id")
    execute("delete from vault_datakey d where not exists (select from kept k where k.programme = d.programme_id and k.id = d.id)")
    execute("create temporary table steps (id bigint, data jsonb) on commit drop")
    with connection.cursor().copy("copy steps from stdin") as copy:
        for number, data in dump.steps:
            copy.write_row((number, json.dumps(data)))
    execute("update mfa_authenticator a set data = s.data from steps s where s.id = a.id")
    execute("delete from mfa_authenticator a where not exists (select from steps s where s.id = a.id)")
    execute("delete from django_session")
    if execute("select to_regclass('vault_epoch')").fetchone() != (None,):
        execute(EPOCH, [dump.epoch])
