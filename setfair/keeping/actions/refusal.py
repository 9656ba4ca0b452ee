from __future__ import annotations


class CannotKeep(Exception):
    """This cannot be kept, held or forgotten so; the sentence says why."""
