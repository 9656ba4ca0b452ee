"""What a later floor shows beside the promises of a case. Each registers itself in its `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from setfair.cases.models import Case


@dataclass(frozen=True)
class Line:
    """One thing, when it is, and the page on which somebody sees to it; without one there is nothing to see to."""

    title: str
    when: str
    href: str = ""
    tag: str = ""
    kind: str = "plain"


@dataclass(frozen=True)
class Beside:
    title: str
    lines: list[Line] = field(default_factory=list)


Shown = Callable[[Case], Beside | None]
_shown: list[Shown] = []


def register(shown: Shown) -> None:
    if shown not in _shown:
        _shown.append(shown)


def of(case: Case) -> Iterator[Beside]:
    """What there is to show of this case now."""
    for shown in _shown:
        found = shown(case)
        if found is not None:
            yield found
