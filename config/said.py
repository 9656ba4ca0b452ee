"""A command of the application, said by whoever runs this server: with its database up, and its keys there."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence

from config import box, children, dotenv, keyring, places, postgres, prepare, standing
from config.run import refuse


def say(command: str, words: Sequence[str]) -> int:
    dotenv.load()
    os.umask(0o077)
    os.environ |= {
        "SETFAIR_DATA_DIR": str(places.data_dir()),
        "SETFAIR_KEYS_DIR": str(places.keys_dir()),
        "SETFAIR_SECRET_FILE": str(places.secret_file()),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    try:
        cluster = None if postgres.served_elsewhere() else box.Box.of(places.data_dir())
        with standing.up(cluster) if cluster else contextlib.nullcontext():
            keyring.demand()
            return subprocess.run([sys.executable, prepare.MANAGE, command, *words]).returncode  # noqa: S603
    except NOT_SAID as reason:
        return refuse(f"{reason}")


NOT_SAID = (
    keyring.KeyMissing,
    children.CannotStart,
    box.Refused,
    places.Unreachable,
    postgres.NoAddress,
    standing.InUse,
    standing.Nothing,
    OSError,
)
