"""Has a stranger's file opened in a process of its own, and says what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from setfair.core.apart import by_a_child


@dataclass(frozen=True)
class Opened:
    """What is kept: `kind` is pdf, jpeg, png or text, `extent` the pages or the points of it."""

    kind: str
    extent: str
    data: bytes


def opened(data: bytes) -> Opened:
    """Raises `NotTaken` with a code; also when the process died of it, or never came back."""
    told, kept = by_a_child("setfair.files.opening.child", data)
    return Opened(told["kind"], told["extent"], kept)
