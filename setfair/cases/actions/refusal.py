from __future__ import annotations


class CannotChange(Exception):
    """The case does not allow it; the sentence says why."""
