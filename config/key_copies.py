"""The copies of the keys: never beside the rows they open, and exactly today's."""

import os
import shutil
from pathlib import Path

from config import keyring, manifest, places


class SamePlace(Exception):
    """The keys would lie beside the rows they open."""


class NotOurs(SamePlace):
    """The copies that lie there are those of other data: to bring them up to date would destroy the only keys that may be left of those."""


def demand_apart() -> None:
    """Raises in plain words where copies of our keys must not be written."""
    keys, rows = places.backup_keys_dir(), places.backup_dir().resolve()
    if keys == rows or keys.is_relative_to(rows) or keys == places.keys_dir().resolve() or keys == places.data_dir():
        raise SamePlace(f"BACKUP_KEYS_DIR is {keys}: the copies of the keys must not lie with the data or the copies they open.")
    if are_anothers():
        raise NotOurs(f"BACKUP_KEYS_DIR is {keys}: the keys there belong to other data. Give these data a directory of their own, or restore first.")


def are_anothers() -> bool:
    """Whether what lies there are copies of the keys of other data: a fresh start, or a machine for practice, shown the place of the real ones."""
    copies = [copy for copy in places.backup_keys_dir().glob("*.key") if copy.name.startswith(("master-", "marks"))]
    ours = {source.name: manifest.fingerprint(source) for source in manifest.key_files()}
    alike = {copy.name: manifest.fingerprint(copy) == ours[copy.name] for copy in copies if copy.name in ours}
    return bool(copies) and (not any(alike.values()) or not alike.get("marks.key", True))


def bring_up_to_date() -> None:
    """Have the copies be exactly today's keys: one that was retired here must not live on there."""
    add()
    for old in retired():
        keyring.destroy(old)


def add() -> None:
    """Copy what is here; what is there besides stays for now. Raises `NotOurs` before anything is written over."""
    demand_apart()
    target = places.backup_keys_dir()
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for source in manifest.key_files():
        fresh = target / f"{source.name}.new"
        shutil.copyfile(source, fresh)
        fresh.chmod(0o600)
        to_disk(fresh)
        fresh.replace(target / source.name)


def retired() -> list[Path]:
    """Copies of keys that came before ours and are no longer among them. One that came later is of data newer than these, and stays."""
    newest = keyring.epoch_of(keyring.master_keys()[-1])
    copies = [] if are_anothers() else places.backup_keys_dir().glob("master-*.key")
    return [copy for copy in copies if keyring.epoch_of(copy) < newest and not keyring.master_file(keyring.epoch_of(copy)).exists()]


def to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
