"""What later floors know of the team and show in its table: how often somebody held a circle, and when they are free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from .models import Facilitator

Source = Callable[[Sequence[Facilitator]], tuple[list[Any], dict[UUID, list[str]]]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a later floor add columns (in its `apps.ready`): asked once for the whole team, it gives heads, and by facilitator the cells."""
    if source not in _sources:
        _sources.append(source)


def more(team: Sequence[Facilitator]) -> tuple[list[Any], dict[UUID, list[tuple[Any, str]]]]:
    """The heads of all of them, and by facilitator each cell with its head."""
    heads: list[Any] = []
    cells: dict[UUID, list[tuple[Any, str]]] = {one.pk: [] for one in team}
    for source in _sources:
        named, rows = source(team)
        heads += named
        for one in team:
            cells[one.pk] += zip(named, rows[one.pk], strict=True)
    return heads, cells
