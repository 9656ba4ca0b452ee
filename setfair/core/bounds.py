"""What a process that opens what a stranger sent may use, and nothing more. Nothing here knows of Django."""

from __future__ import annotations

import resource

SECONDS, MEMORY = 10, 300 * 1024 * 1024


class NotTaken(Exception):
    """This is not taken in; `code` says why, and its floor has the words for whoever sent it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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
