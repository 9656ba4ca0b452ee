"""`make verify`: whether the journal of every programme holds, from its first line to its last."""

import contextlib
import os
import subprocess
import sys

from config import box, children, dotenv, keyring, places, postgres, prepare, standing
from config.run import refuse


def journal(*words: str) -> int:
    """One of the journal's own verbs, said to the database that is up; answers its exit code."""
    own = {
        "SETFAIR_DATA_DIR": str(places.data_dir()),
        "SETFAIR_KEYS_DIR": str(places.keys_dir()),
        "SETFAIR_SECRET_FILE": str(places.secret_file()),
        "SETFAIR_ANCHORS": str(places.anchor_file()),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return subprocess.run([sys.executable, prepare.MANAGE, "journal", *words], env={**os.environ, **own}).returncode  # noqa: S603


def main() -> int:
    dotenv.load()
    os.umask(0o077)
    try:
        cluster = None if postgres.served_elsewhere() else box.Box.of(places.data_dir())
        # What was written in the last seconds before everything stopped is linked first; while it runs, that is the worker's.
        wanted = "verify" if cluster is None or cluster.answers() else "settle"
        with standing.up(cluster) if cluster else contextlib.nullcontext():
            keyring.demand()
            return journal("accept" if sys.argv[1:] == ["1"] else wanted)
    except NOT_READ as reason:
        return refuse(f"{reason}")


NOT_READ = (
    keyring.KeyMissing,
    children.CannotStart,
    box.Refused,
    places.Unreachable,
    postgres.NoAddress,
    standing.InUse,
    standing.Nothing,
    OSError,
)


if __name__ == "__main__":
    sys.exit(main())
