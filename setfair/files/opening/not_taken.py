from __future__ import annotations


class NotTaken(Exception):
    """This is not taken in; `code` says why, and `words.WHY_NOT` says it to whoever sent it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
