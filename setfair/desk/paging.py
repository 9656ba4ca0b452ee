"""A page of a long list, found by where it starts and never by counting: the thousandth page costs what the first does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

PAGE = 25
FIRST, OLDER, NEWER = "first", "older", "newer"
Place = tuple[datetime, UUID]
Ask = Callable[[str, Place | None], list[Any]]
"""Gives the rows, one more than fit a page, that `from_place` finds there."""


@dataclass(frozen=True)
class Page:
    """`rows`, newest first, and what to ask for to get the next older or newer ones (empty at the ends)."""

    rows: list[Any]
    older: str = ""
    newer: str = ""


def page_of(ask: Ask, *, older: str = "", newer: str = "") -> Page:
    """The page after (`older`) or before (`newer`) a place; a place that makes no sense is the first page."""
    back, forth = _place(newer), _place(older)
    if back is not None:
        near = ask(NEWER, back)
        shown = near[:PAGE][::-1]
        return Page(shown, older=_mark(shown[-1]) if shown else "", newer=_mark(shown[0]) if len(near) > PAGE else "")
    far = ask(FIRST if forth is None else OLDER, forth)
    shown = far[:PAGE]
    return Page(shown, older=_mark(shown[-1]) if len(far) > PAGE else "", newer=_mark(shown[0]) if forth is not None and shown else "")


def from_place(rows: QuerySet[Any], way: str, at: Any = None, key: Any = None) -> QuerySet[Any]:
    """The rows of a page and one more: from the newest on, or those older or newer than a place, the nearest to it first."""
    if way != FIRST:
        rows = rows.filter(_beyond("gt" if way == NEWER else "lt", at, key))
    return rows.order_by(*(("opened_at", "id") if way == NEWER else ("-opened_at", "-id")))[: PAGE + 1]


def _beyond(way: str, at: datetime, key: UUID) -> Q:
    """Rows past a place. The first half alone can use the index; the second settles ties."""
    return Q(**{f"opened_at__{way}e": at}) & (Q(**{f"opened_at__{way}": at}) | Q(**{f"id__{way}": key}))


def _mark(row: Any) -> str:
    return f"{row['opened_at'].isoformat()}_{row['id']}"


def _place(mark: str) -> Place | None:
    at, _sep, key = mark.partition("_")
    try:
        moment = datetime.fromisoformat(at.replace(" ", "+"))
        return (moment, UUID(key)) if moment.tzinfo is not None else None
    except ValueError:
        return None
