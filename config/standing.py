"""The cluster, up for a piece of work beside the supervisor or instead of it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from config import children, locks, places
from config.box import Box


class InUse(Exception):
    """Setfair is running here, and this work needs it not to be."""


class Nothing(Exception):
    """There is no database here."""


@contextmanager
def up(cluster: Box) -> Iterator[None]:
    """The cluster as it runs; or, when nothing runs, started for as long as this takes."""
    if cluster.answers():
        yield
        return
    if not cluster.data.exists():
        raise Nothing(f"There is no database in {places.data_dir()}.")
    with alone(cluster):
        yield


@contextmanager
def alone(cluster: Box) -> Iterator[None]:
    """The cluster, made if there is none, started and ours alone; refused while Setfair runs."""
    home = places.data_dir()
    places.make_way(home)
    held: list[int] = []
    try:
        held.append(locks.hold(home / "run.lock", "a backup or restore"))
        held.append(locks.await_free(home / "alive.lock", 10))
    except locks.Taken:
        for handle in held:
            os.close(handle)
        raise InUse(f"Setfair is running on {home}. Stop it first.") from None
    children.end_with_parent(signal.SIGTERM)
    server = None
    try:
        cluster.prepare()
        server = cluster.start(keep=(held[1],))
        yield
    finally:
        if server is not None:
            cluster.stop(server)
        for handle in held:
            os.close(handle)
