"""What a later floor shows on the page of one person, for those who prepare the case; each registers in its `apps.ready`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from setfair.cases.models import Participation


@dataclass(frozen=True)
class Beside:
    """A heading with its lines, and the one link to what is done about it."""

    title: str
    lines: list[str] = field(default_factory=list)
    link: str = ""
    href: str = ""


Maker = Callable[[Participation], Beside | None]

_makers: list[Maker] = []


def register(maker: Maker) -> None:
    if maker not in _makers:
        _makers.append(maker)


def all_beside(participation: Participation) -> list[Beside]:
    return [found for maker in _makers if (found := maker(participation)) is not None]
