"""Why no time fits: who and what blocks, and what would open most.

At each grain where the meeting could begin, some needs are not met. Sets of needs that
hold no smaller such set are the ways out: lift one whole set and a time opens. What
stands in any of them blocks; what stands in none makes no difference.
"""

from __future__ import annotations

from dataclasses import dataclass

from .diary import Diary
from .grains import bits
from .needs import Need, needs
from .problem import Meeting


@dataclass(frozen=True)
class Opening:
    """Needs which, lifted together, open these grains to begin at, the earliest first."""

    lift: tuple[Need, ...]
    starts: tuple[int, ...]

    @property
    def opens(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class Blocked:
    """`blockers` are all that must be counted with; `alone` those that leave no time even if all else were lifted.

    `openings` are the ways out, the smallest and then the most opening first; `fits` is the number of times that fit already.
    """

    fits: int
    blockers: tuple[Need, ...]
    alone: tuple[Need, ...]
    openings: tuple[Opening, ...]


def hindered(diary: Diary, meeting: Meeting) -> dict[int, list[Need]]:
    """For each grain at which it could begin, what is not met there; nothing, where it fits."""
    among = diary.instance.begins(meeting.grains)
    against: dict[int, list[Need]] = {start: [] for start in bits(among)}
    for need, met in needs(diary, meeting, among):
        for start in bits(among & ~met):
            against[start].append(need)
    return against


def explain(diary: Diary, meeting: Meeting) -> Blocked:
    against = hindered(diary, meeting)
    if not against:
        return Blocked(0, (Need("window"),), (Need("window"),), ())
    fits = sum(not some for some in against.values())
    ways = {frozenset(some) for some in against.values()}
    least = [] if fits else [way for way in ways if not any(other < way for other in ways)]
    openings = [Opening(tuple(sorted(way)), tuple(start for start, some in against.items() if way.issuperset(some))) for way in least]
    return Blocked(
        fits=fits,
        blockers=tuple(sorted({need for way in least for need in way})),
        alone=tuple(sorted(frozenset.intersection(*ways))) if not fits else (),
        openings=tuple(sorted(openings, key=lambda one: (len(one.lift), -one.opens, one.lift))),
    )
