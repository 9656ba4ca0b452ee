from __future__ import annotations


class CannotPrepare(Exception):
    """This cannot be written down so; the sentence says why."""
