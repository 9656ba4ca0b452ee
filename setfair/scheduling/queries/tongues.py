"""The languages of a circle that nobody who holds it speaks. Each is somebody of its own in the search, who misses something whenever nobody
who speaks it can come: so such a time comes late, and is no less possible."""

from __future__ import annotations

from collections.abc import Mapping

from .. import solver
from ..solver.grains import spans_of
from ..team_for import TeamFor
from .helping import kind_of, wanted

TONGUE = "speaks "
WORTH = 5
"""To have nobody who speaks it weighs as much as so many lessons that somebody misses, or open days of waiting."""


def without(found: TeamFor, helpers: Mapping[str, solver.Helper], line: solver.Line) -> dict[str, list[tuple[int, int]]]:
    """By a name for each language: when nobody who could be chosen and speaks it can come. Nothing of one that nobody speaks at all."""
    kinds, gone = dict(wanted(found)), dict[str, list[tuple[int, int]]]()
    for code in sorted(found.needs.languages - found.spoken):
        speak = [helpers[str(one.occupant)] for one in found.candidates if code in one.speaks and kind_of(one) in kinds]
        away = (1 << line.end) - 1
        for helper in speak:
            away &= ~helper.free
        if speak and away:
            gone[TONGUE + code] = [*spans_of(away)] * WORTH
    return gone
