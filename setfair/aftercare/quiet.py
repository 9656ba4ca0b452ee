"""Who is not called to be asked how it goes, for a reason that only a later floor knows. It registers itself in its `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from setfair.cases.models import Case

Source = Callable[[Case], set[UUID]]
_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def of(case: Case) -> set[UUID]:
    """Whose places in the circle these are: they want to hear nothing of what was promised."""
    return {place for source in _sources for place in source(case)}
