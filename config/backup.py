"""`make backup`: every row in one file, and the keys somewhere else."""

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from config import beside, box, dotenv, key_copies, keyring, manifest, places, postgres, verify
from config.manifest import Manifest
from config.run import refuse

MOMENT = "%Y%m%dT%H%M%SZ"


class NotAnchored(Exception):
    """The journal could not be anchored before the copy was made."""


def make() -> Path:
    """Write a dump with its manifest, and bring the copy of the keys up to date; answers where the dump is."""
    key_copies.demand_apart()
    keyring.demand()
    postgres.surroundings("setfair_backup")
    with beside.installation():
        # Before the copy: so whatever is in the copy is known to be, and an end that it lacks was written later.
        if verify.journal("anchor"):
            raise NotAnchored("How far the journal has come could not be written down; the reason stands above.")
        dump = _dump()
    key_copies.bring_up_to_date()
    copy_anchors()
    return dump


def copy_anchors() -> None:
    """Keep what is written down about the journal beside the keys, away from the rows it is about."""
    if places.anchor_file().is_file():
        shutil.copyfile(places.anchor_file(), places.backup_keys_dir() / "journal.log")
        key_copies.to_disk(places.backup_keys_dir() / "journal.log")


def _dump() -> Path:
    made_at = datetime.now(UTC).strftime(MOMENT)
    places.backup_dir().mkdir(parents=True, exist_ok=True, mode=0o700)
    dump = places.backup_dir() / f"{made_at}.dump"
    unfinished = dump.with_suffix(".part")
    with psycopg.connect(postgres.conninfo("setfair_backup")) as connection:
        # One snapshot for both, so that the counts are those of the rows in the file, whatever is written meanwhile.
        connection.execute("set transaction isolation level repeatable read read only")
        (snapshot,) = connection.execute("select pg_export_snapshot()").fetchone()
        box.tool("pg_dump", "-Fc", f"--snapshot={snapshot}", "-f", unfinished, env=postgres.surroundings("setfair_backup"))
        counted = manifest.tables(connection)
    keys = {path.name: manifest.fingerprint(path) for path in manifest.key_files()}
    Manifest(made_at=made_at, sha256=manifest.fingerprint(unfinished), keys=keys, tables=counted).write(dump)
    key_copies.to_disk(Manifest.beside(dump))
    unfinished.replace(dump)
    return dump


def main() -> int:
    dotenv.load()
    os.umask(0o077)
    try:
        places.demand_room(places.data_dir())
        dump = make()
    except NOT_MADE as reason:
        return refuse(f"{reason}")
    rows = sum(count for count, _ in Manifest.read(dump).tables.values())
    print(f"{rows} rows are in {dump}, the keys in {places.backup_keys_dir()}. Keep the two apart: together they open everything.")
    if places.backup_keys_dir().is_relative_to(places.data_dir()):
        print("Both still lie in the data directory. Let BACKUP_KEYS_DIR name another disk before you rely on this copy.")
    return 0


NOT_MADE = (*beside.NOT_THERE, key_copies.SamePlace, NotAnchored, places.NoRoom, psycopg.Error)


if __name__ == "__main__":
    sys.exit(main())
