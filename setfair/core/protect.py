"""What may be said of counts so that nobody is found in them: one way for the whole house.

A number from 1 to 4 can name somebody, and so can numbers that are each large: what
is asked with one filter and without it is taken from one another. So nothing is
hidden cell by cell. Cases lie in *cells* (one value of each line: how it ended, from
whom it came, …). All of them together are one block; a block is cut in two along one
line only if each part has `LEAST` in it; the cuts are tried in an order that is
written down beforehand and is the same for everyone. What is said is a block, or
whole blocks together. Everything else is not said, with one mark whatever the cause.

**What this promises.** However figures that are said are added up and taken from one
another, by however many filters, the result is a sum of whole blocks, each counted
so and so often: no block is smaller than `LEAST`, so nothing smaller comes out, and of a cell
that shares its block nothing follows but that it lies between nought and the block.

**Nought is never said.** "Kept: 0 of 5" tells of each of the five. Both parts of a cut
have to be filled; a value that nobody has is said together with its neighbour. For
the same reason a whole is never said to be all of one kind.

**Whoever knows this file learns no more.** That a cut was not made tells that one side
was too small, and not which. Only neighbours on a line are ever said together, and a
line is finished before the next is begun: so in any block all can lie at one of its
ends, or one of them elsewhere, with the very same figures. (With free groups this
would not hold: two values left over at eight, each known to be below five, are four
and four. `core/tests/test_protect.py` tries all small worlds.)

**What else is counted of the same cases** (the people in them) follows their cuts, `along`: a
cut is made only where the cases were cut too, since who knows that each case has one
of them could go from the one table to the other. Each part has to be of `LEAST` cases:
five promises can be one person's.

**What is said twice is said the same.** Years are counted once, when they are over,
and kept as they were said: two readings, one before somebody's end and one after, would
differ by them. A year that is too small waits for the next (`stretches`).

**What it does not promise.** It does not round, and it hides nobody in a block of five
from somebody who knows the other four. Tables of things that are tied to each other in
other ways than cases and the people in them have to be cut from one another by hand:
see `tallies/tables.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

LEAST = 5
"""So many have to be in whatever is said (practice.md 4.5, 6.4)."""


@dataclass(frozen=True)
class Line:
    """One way to tell cases apart: its values, those beside each other that may be said together.

    Cut `n` lies before value `n`; those in `first` are tried before the others, which
    go from left to right. The order is part of the code, never of what was counted.
    """

    name: str
    values: tuple[str, ...]
    first: tuple[int, ...] = ()

    def cuts(self) -> tuple[int, ...]:
        return (*self.first, *(place for place in range(1, len(self.values)) if place not in self.first))


@dataclass(frozen=True)
class Fact:
    """So many of something, of one case (`whose`), at one value of each line."""

    whose: Hashable
    at: tuple[str, ...]
    number: int = 1


Spans = tuple[tuple[int, int], ...]
"""Of each line, from which value to before which."""
Placed = list[tuple[Hashable, tuple[int, ...], int]]


@dataclass(frozen=True)
class Block:
    """All that lies in these spans, counted together."""

    spans: Spans
    number: int

    @cached_property
    def masks(self) -> tuple[int, ...]:
        """Of each line, its values as bits."""
        return tuple((1 << end) - (1 << first) for first, end in self.spans)


@dataclass(frozen=True)
class Said:
    """What may be said. Without blocks nothing is: there were fewer than `LEAST` in all."""

    lines: tuple[Line, ...]
    blocks: tuple[Block, ...] = ()

    def number(self, **chosen: Collection[str]) -> int | None:
        """How many have one of the values chosen for each line; None where that is not whole blocks. A line that is not named is all of it."""
        inside = self._inside(chosen)
        return sum(block.number for block in inside) if inside else None

    def along(self, name: str, **chosen: Collection[str]) -> list[tuple[tuple[str, ...], int]]:
        """What is said of each value of one line, of those that were chosen on the others; values that are not told apart stand together."""
        inside = self._inside(chosen)
        place = next(n for n, line in enumerate(self.lines) if line.name == name)
        held = sorted({block.spans[place] for block in inside or ()})
        groups: list[list[int]] = []
        for first, end in held:
            if groups and first < groups[-1][1]:
                groups[-1][1] = max(end, groups[-1][1])
            else:
                groups.append([first, end])
        values = self.lines[place].values
        return [(values[first:end], sum(block.number for block in inside or () if first <= block.spans[place][0] < end)) for first, end in groups]

    def parts(self, spans: Spans, line: int, place: int) -> bool:
        """Whether all that lies in these spans was cut at this place."""
        inside = [block for block in self.blocks if _meets(block.spans, spans)]
        return bool(inside) and all(not (block.spans[line][0] < place < block.spans[line][1]) for block in inside)

    def _inside(self, chosen: Mapping[str, Collection[str]]) -> list[Block] | None:
        """The blocks that make it up; None where one reaches over its edge, or there is none."""
        if unknown := chosen.keys() - {line.name for line in self.lines}:
            raise ValueError(f"Nothing is counted by {', '.join(sorted(unknown))}.")
        wanted = [sum(1 << line.values.index(value) for value in set(chosen.get(line.name, line.values))) for line in self.lines]
        inside = []
        for block in self.blocks:
            pairs = list(zip(block.masks, wanted, strict=True))
            if all(mine & ~asked == 0 for mine, asked in pairs):
                inside.append(block)
            elif all(mine & asked for mine, asked in pairs):
                return None
        return inside or None


def cut(
    lines: Sequence[Line],
    facts: Iterable[Fact],
    *,
    along: Said | None = None,
    within: Mapping[str, tuple[str, str]] | None = None,
    uncut: Collection[str] = (),
    least: int = LEAST,
) -> Said:
    """Cut all facts into blocks, line after line.

    `along`: cut only where these were cut; they stand on the same lines. `within`: there
    can be such facts only between these values of a line, the first and the last named;
    nothing is said unless the cases themselves are told apart there. `uncut`: lines
    along which nothing is told apart this time.
    """
    lines = tuple(lines)
    if along is not None and along.lines != lines:
        raise ValueError("What follows the cuts of something else stands on the same lines.")
    whole = tuple(_span(line, (within or {}).get(line.name)) for line in lines)
    rows: Placed = [(fact.whose, tuple(line.values.index(value) for line, value in zip(lines, fact.at, strict=True)), fact.number) for fact in facts]
    if any(not first <= where < end for _whose, at, _n in rows for where, (first, end) in zip(at, whole, strict=True)):
        raise ValueError("A fact lies where there can be none.")
    if not _enough(rows, least) or (along is not None and not _whole_blocks(along, whole)):
        return Said(lines)
    blocks = [(whole, rows)]
    for which, line in enumerate(lines):
        for place in () if line.name in uncut else line.cuts():
            blocks = [part for spans, held in blocks for part in _parts(spans, held, which, place, along, least)]
    return Said(lines, tuple(Block(spans, sum(number for _whose, _at, number in held)) for spans, held in blocks))


def stretches(counts: Mapping[int, int], since: int, until: int, least: int = LEAST) -> list[tuple[int, int]]:
    """From which year to which is said at once, from `since`, the first that was not said yet: each as soon as there are enough.

    What is left at the end waits. Nothing that was said before is looked at again.
    """
    found, first, many = [], since, 0
    for year in range(since, until + 1):
        many += counts.get(year, 0)
        if many >= least:
            found.append((first, year))
            first, many = year + 1, 0
    return found


def _parts(spans: Spans, held: Placed, line: int, place: int, along: Said | None, least: int) -> list[tuple[Spans, Placed]]:
    first, end = spans[line]
    if not first < place < end or (along is not None and not along.parts(spans, line, place)):
        return [(spans, held)]
    before = [row for row in held if row[1][line] < place]
    after = [row for row in held if row[1][line] >= place]
    if not (_enough(before, least) and _enough(after, least)):
        return [(spans, held)]
    return [(_with(spans, line, (first, place)), before), (_with(spans, line, (place, end)), after)]


def _enough(rows: Placed, least: int) -> bool:
    return len({whose for whose, _at, number in rows if number}) >= least


def _with(spans: Spans, line: int, span: tuple[int, int]) -> Spans:
    return (*spans[:line], span, *spans[line + 1 :])


def _span(line: Line, ends: tuple[str, str] | None) -> tuple[int, int]:
    return (line.values.index(ends[0]), line.values.index(ends[1]) + 1) if ends else (0, len(line.values))


def _meets(one: Spans, other: Spans) -> bool:
    return all(a < d and c < b for (a, b), (c, d) in zip(one, other, strict=True))


def _whole_blocks(along: Said, spans: Spans) -> bool:
    meets = [block for block in along.blocks if _meets(block.spans, spans)]
    return bool(meets) and all(c <= a and b <= d for block in meets for (a, b), (c, d) in zip(block.spans, spans, strict=True))
