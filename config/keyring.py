"""The keys of this installation: Django's secret, the vault's master keys, the file of marks."""

import os
import secrets
import time
from pathlib import Path

from config import places


class KeyMissing(Exception):
    """There are data, but not the key that opens them."""


def make() -> None:
    """Give a new installation its keys; those it has are left alone."""
    _write_once(places.secret_file(), secrets.token_urlsafe(64))
    if not master_keys():
        _write_once(marks_file(), secrets.token_hex(32))
        _write_once(master_file(1), secrets.token_hex(32))


def master_keys() -> list[Path]:
    """Oldest first."""
    return sorted(places.keys_dir().glob("master-*.key"), key=epoch_of)


def master_file(epoch: int) -> Path:
    return places.keys_dir() / f"master-{epoch}.key"


def marks_file() -> Path:
    return places.keys_dir() / "marks.key"


def epoch_of(file: Path) -> int:
    return int(file.stem.removeprefix("master-"))


def demand() -> None:
    """Refuse to go on without the keys that existing data were sealed under: a new one would open nothing."""
    if not master_keys():
        raise KeyMissing(f"There are data here but no key in {places.keys_dir()}: put the key back before starting.")


def make_next() -> int:
    """One more master key beside the others, on disk before anyone can see it."""
    epoch = epoch_of(master_keys()[-1]) + 1
    _write_once(master_file(epoch), secrets.token_hex(32))
    return epoch


def write_marks(inherited: str) -> None:
    """A file of marks for an installation that was born without one; what stood on its first master key stands on the lines given."""
    _write_once(marks_file(), f"{secrets.token_hex(32)}\n{inherited}")


def retire_older(epoch: int) -> list[str]:
    """Destroy every master key before this one; answers their names. What they alone opened is gone."""
    gone = [path for path in master_keys() if epoch_of(path) < epoch]
    for path in gone:
        destroy(path)
    return [path.name for path in gone]


def destroy(path: Path) -> None:
    """Written over before it goes: on some disks that helps, on none it harms."""
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _settle(path.parent)


def _write_once(path: Path, content: str) -> None:
    """Whole or not at all; a file that is there stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not path.exists():
            fresh.rename(path)
    fresh.unlink(missing_ok=True)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Have the directory itself on disk, and changed at a moment of its own: readers look at that."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    now = time.time_ns()
    os.utime(folder, ns=(now, max(now, folder.stat().st_mtime_ns + 1)))
