"""The copies of the keys: never beside the rows they open, and exactly today's."""

import os
import shutil
from pathlib import Path

from config import keyring, manifest, places


class SamePlace(Exception):
    """The keys would lie beside the rows they open."""


def demand_apart() -> None:
    keys, rows = places.backup_keys_dir(), places.backup_dir().resolve()
    if keys == rows or keys.is_relative_to(rows) or keys == places.keys_dir().resolve() or keys == places.data_dir():
        raise SamePlace(f"BACKUP_KEYS_DIR is {keys}: the copies of the keys must not lie with the data or the copies they open.")


def bring_up_to_date() -> None:
    """Have the copies be exactly today's keys: one that was retired here must not live on there."""
    add()
    for old in retired():
        keyring.destroy(old)


def add() -> None:
    """Copy what is here; what is there besides stays for now."""
    target = places.backup_keys_dir()
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for source in manifest.key_files():
        fresh = target / f"{source.name}.new"
        shutil.copyfile(source, fresh)
        fresh.chmod(0o600)
        to_disk(fresh)
        fresh.replace(target / source.name)


def retired() -> list[Path]:
    """Copies of keys that are no longer among ours."""
    today = {source.name for source in manifest.key_files()}
    return [copy for copy in places.backup_keys_dir().glob("*.key") if copy.name not in today]


def to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
