"""An address as a square for the camera of a phone, drawn as one path so that nothing of it needs to be trusted as markup."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4
"""Empty cells around the square; with fewer, cameras do not find it."""


@dataclass(frozen=True)
class Square:
    side: int
    path: str


def square(text: str) -> Square:
    """`path` is the `d` of an SVG path in a box of `side` by `side`; dark on light, whatever the page's colours."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    parts = [part for y, row in enumerate(rows) for part in _runs(row, y + QUIET)]
    return Square(side=len(rows) + 2 * QUIET, path="".join(parts))


def _runs(row: list[int], y: int) -> list[str]:
    drawn, x = [], QUIET
    for dark, cells in groupby(row):
        length = len(list(cells))
        if dark:
            drawn.append(f"M{x} {y}h{length}v1h-{length}z")
        x += length
    return drawn
