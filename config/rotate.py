"""`make rotate`: after it, what was shredded opens nowhere any more, in no copy either."""

import contextlib
import os
import sys

import psycopg

from config import box, children, dotenv, key_copies, keyring, locks, manifest, places, postgres, standing, turning
from config.run import refuse


def main() -> int:
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
            kept = turning.rotate()
    except locks.Taken:
        return refuse("A rotation is under way already.")
    except NOT_TURNED as reason:
        return refuse(f"{reason}")
    (newest,) = keyring.master_keys()
    print(f"{kept} data keys are under {newest.name} now. The key before it is destroyed, here and in {places.backup_keys_dir()}.")
    print("What was shredded opens in no copy any more; copies made before today open with the data keys that lie there.")
    return 0


NOT_TURNED = (
    turning.NotTurned,
    manifest.Unfit,
    key_copies.SamePlace,
    keyring.KeyMissing,
    children.CannotStart,
    box.Refused,
    places.NoRoom,
    places.Unreachable,
    postgres.NoAddress,
    standing.InUse,
    standing.Nothing,
    psycopg.Error,
    OSError,
)


if __name__ == "__main__":
    sys.exit(main())
