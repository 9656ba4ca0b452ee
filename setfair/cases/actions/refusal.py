from __future__ import annotations


class CannotChange(Exception):
    """The case does not allow it; the sentence says why."""


class NamesSomebody(CannotChange):
    """What was written names somebody of the case, and is read by others than its team."""
