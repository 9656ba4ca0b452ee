"""Time as the bits of one number: bit t stands for grain t of the line, the open days laid end to end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Line:
    """The open days, cut into grains. `firsts` holds the grain at which each day begins and, last, the one after the end."""

    firsts: tuple[int, ...]
    weeks: tuple[int, ...]

    @classmethod
    def of(cls, days: Sequence[int], weeks: Sequence[int]) -> Line:
        """From the number of grains in each day."""
        firsts = [0]
        for grains in days:
            firsts.append(firsts[-1] + grains)
        return cls(tuple(firsts), tuple(weeks))

    @property
    def end(self) -> int:
        return self.firsts[-1]

    @property
    def days(self) -> int:
        return len(self.weeks)

    def day(self, grain: int) -> int:
        return bisect_right(self.firsts, grain) - 1

    def week(self, grain: int) -> int:
        return self.weeks[self.day(grain)]

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        return tuple(zip(self.firsts, self.firsts[1:], strict=False))

    @cached_property
    def dawns(self) -> int:
        """The first grain of each day."""
        return sum(1 << first for first in self.firsts[:-1])

    @cached_property
    def _weeks(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for day, week in enumerate(self.weeks):
            found[week] = found.get(week, 0) | self.between(day, day)
        return found

    def of_week(self, week: int) -> int:
        return self._weeks.get(week, 0)

    def between(self, first_day: int, last_day: int) -> int:
        """Every grain from the first day to the last one, both counted in."""
        first, last = max(0, first_day), min(self.days - 1, last_day)
        return span(self.firsts[first], self.firsts[last + 1]) if first <= last else 0


def span(first: int, end: int) -> int:
    return ((1 << (end - first)) - 1) << first if end > first else 0


def of_spans(spans: Iterable[Sequence[int]]) -> int:
    mask = 0
    for first, end in spans:
        mask |= span(first, end)
    return mask


def spans_of(mask: int) -> list[tuple[int, int]]:
    """The same again as spans, each as long as it goes."""
    found, at = [], 0
    while mask:
        skipped = (mask & -mask).bit_length() - 1
        mask >>= skipped
        length = (~mask & -~mask).bit_length() - 1
        found.append((at + skipped, at + skipped + length))
        mask >>= length
        at += skipped + length
    return found


def starts(free: int, length: int) -> int:
    """The grains t from which `length` grains on end are free."""
    have = 1
    while have < length:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def at_least(number: int, masks: Iterable[int], among: int) -> int:
    """The bits of `among` that stand in `number` or more of the masks."""
    if number <= 0:
        return among
    stand = [0] * number
    for mask in masks:
        for level in range(number - 1, 0, -1):
            stand[level] |= stand[level - 1] & mask
        stand[0] |= mask
    return stand[-1] & among
