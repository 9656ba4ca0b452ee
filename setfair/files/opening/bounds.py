"""What a process that opens a stranger's file may use, and nothing more."""

from __future__ import annotations

import resource

SECONDS, MEMORY = 10, 300 * 1024 * 1024


def bind() -> None:
    """From here on: no more time and memory than this, no file written, and not one more opened, be it a file, a pipe or a connection."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))
