"""Owns the tests' database server, and ends with it once nobody has used it for a while."""

import fcntl
import os
import sys
import time

from tests import pgcluster

LINGER = 8


def serve() -> None:
    """Start the server and leave a keeper behind; return when it answers, or raise."""
    told, tell = os.pipe()
    if os.fork():
        os.close(tell)
        if os.read(told, 1) != b"y":
            sys.exit(1)
        return
    os.setsid()
    keep(tell)


def keep(tell: int) -> None:
    box = pgcluster.box()
    box.prepare()
    server = box.start()
    os.write(tell, b"y")
    os.close(tell)
    users = pgcluster.open_lock("users")
    unused_since = time.monotonic()
    while server.poll() is None:
        time.sleep(1)
        if not _take(users):
            unused_since = time.monotonic()
        elif time.monotonic() - unused_since < LINGER:
            fcntl.flock(users, fcntl.LOCK_UN)
        else:
            fcntl.flock(users, fcntl.LOCK_UN)
            with pgcluster.locked("starting"):
                if _take(users):
                    box.stop(server)


def _take(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    serve()
