"""A page of a long list, found by where it starts and never by counting: the thousandth page costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

PAGE = 25


@dataclass(frozen=True)
class Page:
    """`rows`, newest first, and what to ask for to get the next older or newer ones (empty at the ends)."""

    rows: list[Any]
    older: str = ""
    newer: str = ""


def page_of(rows: QuerySet[Any], *, older: str = "", newer: str = "", size: int = PAGE) -> Page:
    """The page after (`older`) or before (`newer`) a place; a place that makes no sense is the first page."""
    back, forth = _place(newer), _place(older)
    if back is not None:
        near = list(rows.filter(_beyond("gt", *back)).order_by("opened_at", "id")[: size + 1])
        shown = near[:size][::-1]
        return Page(shown, older=_mark(shown[-1]) if shown else "", newer=_mark(shown[0]) if len(near) > size else "")
    if forth is not None:
        rows = rows.filter(_beyond("lt", *forth))
    far = list(rows.order_by("-opened_at", "-id")[: size + 1])
    shown = far[:size]
    return Page(shown, older=_mark(shown[-1]) if len(far) > size else "", newer=_mark(shown[0]) if forth is not None and shown else "")


def _beyond(way: str, at: datetime, key: UUID) -> Q:
    """Rows past a place. The first half alone can use the index; the second settles ties."""
    return Q(**{f"opened_at__{way}e": at}) & (Q(**{f"opened_at__{way}": at}) | Q(**{f"id__{way}": key}))


def _mark(row: Any) -> str:
    return f"{row.opened_at.isoformat()}_{row.pk}"


def _place(mark: str) -> tuple[datetime, UUID] | None:
    at, _sep, key = mark.partition("_")
    try:
        moment = datetime.fromisoformat(at.replace(" ", "+"))
        return (moment, UUID(key)) if moment.tzinfo is not None else None
    except ValueError:
        return None
