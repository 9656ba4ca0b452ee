"""Addresses for every line of a list: found once for each page, then written with the reference or key of the line."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse

REF, KEY = "C-0000", UUID(int=0)


def of_ref(page: str, ref: str) -> str:
    """The address of a page of what is spoken of by a reference."""
    return _to(page, REF).replace(REF, ref)


def of_key(page: str, key: UUID) -> str:
    """The address of a page of a row."""
    return _to(page, KEY).replace(str(KEY), str(key))


@cache
def _to(page: str, what: str | UUID) -> str:
    return reverse(page, args=[what])
