"""Who is at work in a data directory: one supervisor, and the processes it started."""

import fcntl
import os
import time
from pathlib import Path


class Taken(Exception):
    """Someone else is at work here; the message is what they wrote down about themselves."""


def hold(path: Path, about: str) -> int:
    """Take the one place at `path`, for as long as the returned handle is open."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Taken(os.read(handle, 1000).decode()) from None
    os.ftruncate(handle, 0)
    os.write(handle, about.encode())
    return handle


def await_free(path: Path, seconds: float) -> int:
    """Wait until no process that inherited a handle on `path` is left, and answer a new one to hand on."""
    give_up = time.monotonic() + seconds
    while True:
        try:
            return hold(path, "")
        except Taken:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)
