"""The whole server beside a test, over the test's own database: for what needs lines that stay open (`config/live.py`)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.house import answers, free_port
from config import children

COMES_UP_WITHIN = 60


@dataclass(frozen=True)
class Served:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


@contextmanager
def served() -> Iterator[Served]:
    """As `make run` serves it, but for the log. The rows have to be committed."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port), "--log-level", "warning", "--no-access-log"]
    command += ["--no-server-header", "--no-proxy-headers", "--http", "config.wire:Wire", "--timeout-graceful-shutdown", "5"]
    process = children.start(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings_served"})
    try:
        give_up = time.monotonic() + COMES_UP_WITHIN
        while not answers(port):
            if process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError("The server did not come up.")
            time.sleep(0.1)
        yield Served(port, process)
    finally:
        children.stop(process, signal.SIGTERM, 15)
