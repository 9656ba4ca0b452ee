"""A house to measure: Setfair as `make run` serves it, on a database of its own, and gone when the block ends."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from django.db import connections

from config import children, keyring, messages, places, prepare
from tests import pgcluster

HOME = places.ROOT / "var" / "bench"
"""Keys and collected files of every measured house. The keys stay, so that words sealed in a seeded database open again."""
ANSWERS_WITHIN = 30


@dataclass(frozen=True)
class House:
    """Where it is served, and the process that serves it."""

    address: str
    port: int
    server: subprocess.Popen[bytes]


def stand_apart(database: str = "", module: str = "config.settings") -> None:
    """Make this process one of the measured house: its own directory, keys and database, and nothing of an installation. Once, and first of all."""
    for name in list(os.environ):
        if name.startswith(("SETFAIR_", "DATABASE_")) or name in ("DATA_DIR", "BACKUP_KEYS_DIR"):
            del os.environ[name]
    os.environ |= {
        "SETFAIR_DATA_DIR": str(HOME),
        "SETFAIR_PGHOST": str(pgcluster.box().socket),
        "SETFAIR_DB_NAME": database or pgcluster.clone_name(),
        "DJANGO_SETTINGS_MODULE": module,
        # Playwright's loop lives in the thread that also asks the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    places.make_way(HOME)
    keyring.make()
    messages.compile_changed()
    django.setup()


@contextmanager
def fresh_database() -> Iterator[None]:
    """An empty house: migrated, and nobody in it."""
    pgcluster.join()
    try:
        pgcluster.clone(settings.INSTALLED_APPS)
        shutil.rmtree(settings.OUTBOX_DIR, ignore_errors=True)
        yield
    finally:
        connections.close_all()
        pgcluster.leave()


@contextmanager
def served(plant: str = "", application: str = "", **environment: str) -> Iterator[House]:
    """The web server over the database this process works on. `plant` names a fault of `tests/plants.py` to serve it with."""
    with pgcluster.locked("bench-pages"):
        if not prepare.pages(_step):
            raise SystemExit("The static files could not be collected.")
    port, log = free_port(), places.ROOT / "var" / "log" / "bench.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    what = application or ("bench.planted:application" if plant else "config.asgi:application")
    command = [sys.executable, "-m", "uvicorn", what, "--port", str(port), "--log-level", "warning", "--no-access-log"]
    around = {**os.environ, **environment} | ({"SETFAIR_PLANT": plant} if plant else {})
    with log.open("wb") as output:
        server = children.start([*command, "--no-server-header", "--no-proxy-headers", "--http", "config.wire:Wire"], env=around, output=output)
    try:
        _await(server, port, log)
        yield House(f"http://localhost:{port}", port, server)
    finally:
        children.stop(server, signal.SIGTERM, 10)


def _step(command: list[str], env: dict[str, str]) -> bool:
    return subprocess.run(command, env={**os.environ, **env}, cwd=places.ROOT).returncode == 0


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    give_up = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < give_up and server.poll() is None:
        if answers(port):
            return
        time.sleep(0.05)
    raise SystemExit(f"The server did not come up; its last words are in {log}.")


def answers(port: int) -> int:
    """The status of the first page, or 0 while nobody is there."""
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
