"""`make run`: the database, the web and the worker under one supervisor.

Whatever ends the supervisor ends them too: asked kindly it stops them in
order (web, worker, database); killed, the kernel tells each. It ends when the
one that started it does.
"""

import os
import signal
import sys

import psycopg

from config import box, children, dotenv, exposure, key_copies, keyring, locks, places, postgres, turning
from config.supervisor import Refused, Supervisor, say

# Each of these says its reason in one line.
NO_START = (
    Refused,
    children.CannotStart,
    box.Refused,
    exposure.Exposed,
    key_copies.SamePlace,
    keyring.KeyMissing,
    places.NoRoom,
    places.Unreachable,
    postgres.NoAddress,
    turning.NotTurned,
)


def main() -> int:
    children.end_with_parent(signal.SIGTERM)
    dotenv.load()
    os.umask(0o077)
    home = places.data_dir()
    os.environ |= {
        "SETFAIR_DATA_DIR": str(home),
        "SETFAIR_KEYS_DIR": str(places.keys_dir()),
        "SETFAIR_SECRET_FILE": str(places.secret_file()),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    port = os.environ.setdefault("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        return refuse(f"PORT must be a number from 1 to 65535, not {port!r}.")
    listen = os.environ.get("SETFAIR_LISTEN") or "127.0.0.1"
    try:
        exposure.demand(listen)
        Supervisor(listen, int(port)).run()
    except NO_START as reason:
        return refuse(str(reason))
    except psycopg.OperationalError as reason:
        return refuse(f"The database cannot be reached: {' '.join(str(reason).split())}")
    except locks.Taken:
        return refuse(f"Processes of an earlier start on {home} have not ended; try again in a moment.")
    except OSError as reason:
        return refuse(f"{reason.strerror or reason}: {reason.filename or home}")
    say("Stopped.")
    return 0


def refuse(why: str) -> int:
    print(f"setfair: {' '.join(why.split())}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
