"""The keys this installation is born with: Django's secret and the vault's first master key."""

import os
import secrets
from pathlib import Path

from config import places


class KeyMissing(Exception):
    """There are data, but not the key that opens them."""


def make() -> None:
    """Give a new installation its keys; those it has are left alone."""
    _write_once(places.secret_file(), secrets.token_urlsafe(64))
    if not master_keys():
        _write_once(places.keys_dir() / "master-1.key", secrets.token_hex(32))


def master_keys() -> list[Path]:
    return sorted(places.keys_dir().glob("master-*.key"))


def demand() -> None:
    """Refuse to go on without the keys that existing data were sealed under: a new one would open nothing."""
    if not master_keys():
        raise KeyMissing(f"There are data here but no key in {places.keys_dir()}: put the key back before starting.")


def _write_once(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
