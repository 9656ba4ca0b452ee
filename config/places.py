"""Where Setfair keeps its things on this machine, and who can walk there."""

import hashlib
import os
import pwd
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Where root keeps what the database's own account must reach when the checkout is closed to it.
OPEN_GROUND = Path("/var/lib/setfair")

# A Unix socket's whole address holds 107 bytes; the server adds its own file name to ours.
LONGEST_SOCKET_DIR = 90


# Below this, a start could end half-way through a write.
ROOM_NEEDED = 200_000_000


class Unreachable(Exception):
    """The data stand where the database's account can no longer walk."""


class NoRoom(Exception):
    """The disk is as good as full."""


def data_dir() -> Path:
    """The one directory that holds everything this installation must not lose."""
    chosen = os.environ.get("SETFAIR_DATA_DIR") or os.environ.get("DATA_DIR") or ROOT / "var"
    return Path(chosen).expanduser().resolve()


def keys_dir() -> Path:
    return Path(os.environ.get("SETFAIR_KEYS_DIR") or data_dir() / "keys")


def secret_file() -> Path:
    return Path(os.environ.get("SETFAIR_SECRET_FILE") or data_dir() / "secret.key")


def anchor_file() -> Path:
    """Where it is written down, outside the database, how far the journal had come."""
    return Path(os.environ.get("SETFAIR_ANCHORS") or data_dir() / "anchors" / "journal.log").expanduser().resolve()


def backup_dir() -> Path:
    return data_dir() / "backups"


def backup_keys_dir() -> Path:
    """Where copies of the keys go: never beside the data they open."""
    chosen = os.environ.get("BACKUP_KEYS_DIR") or data_dir() / "backup-keys"
    return Path(chosen).expanduser().resolve()


def database_user() -> pwd.struct_passwd | None:
    """The account PostgreSQL runs as: ours, unless we are root, whom it refuses."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unreachable("PostgreSQL does not run as root, and there is neither a postgres nor a nobody account.")


def reachable(path: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether `user` can walk to `path`; what does not exist yet counts as open."""
    if user is None:
        return True
    return all(_may_enter(place, user) for place in (path, *path.parents) if place.is_dir())


def _may_enter(place: Path, user: pwd.struct_passwd) -> bool:
    facts = place.stat()
    if facts.st_uid == user.pw_uid:
        return bool(facts.st_mode & 0o100)
    if facts.st_gid == user.pw_gid:
        return bool(facts.st_mode & 0o010)
    return bool(facts.st_mode & 0o001)


def make_way(path: Path) -> None:
    """Make `path` and what is missing above it: closed to others, but for root open to walk through for the database's account."""
    missing = [place for place in (path, *path.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        place.chmod(0o711 if os.geteuid() == 0 else 0o700)


def demand_room(path: Path, needed: int = ROOM_NEEDED) -> None:
    """Refuse to start on a disk where writes would soon be lost."""
    standing = next(place for place in (path, *path.parents) if place.exists())
    free = shutil.disk_usage(standing).free
    if free < needed:
        raise NoRoom(f"Only {free // 1_000_000} MB are free where {path} is; Setfair needs {needed // 1_000_000} MB to start safely.")


def mark(path: Path) -> str:
    """A short name for a path, the same every time."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def cluster_home(wanted: Path) -> Path:
    """Where the cluster meant for `wanted` really stands.

    Beside its data when the database's account can walk there, else on open
    ground under a name made from `wanted`. A cluster that once began on open
    ground stays there, so that a changed permission never hides the data.
    """
    elsewhere = OPEN_GROUND / mark(wanted) / wanted.name
    user = database_user()
    if user and elsewhere.is_dir():
        return elsewhere
    if reachable(wanted, user):
        return wanted
    if (wanted / "data").exists():
        raise Unreachable(f"The database in {wanted} is closed to the account {user.pw_name}: open every directory above it.")
    return elsewhere


def socket_dir(home: Path) -> Path:
    """Where the server of the cluster in `home` is reached; short enough for any system."""
    natural = home / "run"
    if len(os.fsencode(natural)) <= LONGEST_SOCKET_DIR:
        return natural
    return Path(tempfile.gettempdir()) / f"setfair-{mark(home)}"
