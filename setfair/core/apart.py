"""Has what a stranger sent opened in a process of its own, and says what came of it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from .bounds import NotTaken

ROOT = Path(__file__).resolve().parents[2]
BEGIN = "import sys; sys.path.insert(0, sys.argv[1]); from importlib import import_module; import_module(sys.argv[2]).main()"
PATIENCE = 15
"""Seconds by the clock on the wall; the process itself has ten of work."""
AT_ONCE = threading.BoundedSemaphore(2)
"""How many are opened at the same time by one server, so that those who only read keep their share of the machine."""


def by_a_child(main: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the process that runs `main` tells of these bytes, and what it made of them. It holds no secret and is bound (`bounds`).

    Raises `NotTaken` with a code; also when the process died of it, or never came back.
    """
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise NotTaken("busy")
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-c", BEGIN, str(ROOT), main], input=data, capture_output=True, timeout=PATIENCE, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise NotTaken("bomb") from None
    finally:
        AT_ONCE.release()
    head, _line, kept = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        raise NotTaken("bomb")
    told = json.loads(head)
    if "refused" in told:
        raise NotTaken(told["refused"])
    return told, kept
