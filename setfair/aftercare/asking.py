"""What somebody of the team can ask on a first call, of which only a later floor knows. It registers itself in its `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from setfair.cases.models import Participation


@dataclass(frozen=True)
class Ask:
    """One thing to ask, and where the answer is written down."""

    words: str
    link: str
    url: str


Source = Callable[[Participation], Ask | None]
_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def of(participation: Participation) -> list[Ask]:
    """What they have not been asked yet."""
    return [ask for source in _sources if (ask := source(participation)) is not None]
