"""Work on this installation beside the server or without it, said by whoever runs the machine: its settings read, its database up, its keys there."""

import contextlib
import os
from collections.abc import Iterator

from config import box, children, dotenv, keyring, places, postgres, standing

NOT_THERE = (
    keyring.KeyMissing,
    children.CannotStart,
    box.Refused,
    places.Unreachable,
    postgres.NoAddress,
    standing.InUse,
    standing.Nothing,
    OSError,
)
"""Why the installation cannot be worked on. Each says its reason in one line."""


def surroundings() -> dict[str, str]:
    """What a process has to be told to find this installation's data and keys."""
    return {
        "SETFAIR_DATA_DIR": str(places.data_dir()),
        "SETFAIR_KEYS_DIR": str(places.keys_dir()),
        "SETFAIR_SECRET_FILE": str(places.secret_file()),
        "SETFAIR_ANCHORS": str(places.anchor_file()),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def settle() -> None:
    """Read the settings, and let whatever this process starts find the same."""
    dotenv.load()
    os.umask(0o077)
    os.environ |= surroundings()


def cluster() -> box.Box | None:
    """The database that came along; none where the operator has a server of their own."""
    return None if postgres.served_elsewhere() else box.Box.of(places.data_dir())


@contextlib.contextmanager
def installation() -> Iterator[None]:
    """The database answers while the block runs, started for it where nothing runs. Raises one of `NOT_THERE`."""
    own = cluster()
    with standing.up(own) if own else contextlib.nullcontext():
        keyring.demand()
        yield
