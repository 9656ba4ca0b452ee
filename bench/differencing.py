"""Somebody who adds and subtracts everything that was said, by exact elimination and by bounds. It shares no line with what it attacks.

What is not known is a number for each cell: a bit in one long integer. What was said is
a set of cells and their sum. Cells that always went together are one unknown (an
`atom`). A set of cells is found out if its sum follows from what was said, by adding
and subtracting, or since nothing can be less than nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

Row = dict[int, Fraction]


@dataclass
class Attack:
    cells: int
    rows: dict[tuple[int, int], int] = field(default_factory=dict)

    def told(self, plus: int, number: int, minus: int = 0) -> None:
        """The sum of these cells, less those, is this."""
        if self.rows.setdefault((plus, minus), number) != number:
            raise ValueError("Two different numbers were said of the same.")

    def found(self, asked: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        """Of all sums of cells, less others, that were asked for: those that can be worked out, with their number."""
        self._take_apart()
        self._eliminate()
        self._bound()
        for plus, minus in asked:
            number = self._number(plus, minus)
            if number is not None:
                yield plus, minus, number

    def _take_apart(self) -> None:
        """Into atoms: cells that stand in the very same sums."""
        atoms = [(1 << self.cells) - 1]
        for mask in {mask for pair in self.rows for mask in pair if mask}:
            atoms = [part for atom in atoms for part in (atom & mask, atom & ~mask) if part]
        self.atoms = atoms

    def _of(self, plus: int, minus: int = 0) -> Row:
        row = {n: Fraction(1) for n, atom in enumerate(self.atoms) if atom & plus}
        row.update({n: Fraction(-1) for n, atom in enumerate(self.atoms) if atom & minus})
        return row

    def _eliminate(self) -> None:
        self.pivots: dict[int, tuple[Row, Fraction]] = {}
        self.known = [(self._of(plus, minus), number) for (plus, minus), number in self.rows.items()]
        for row, number in sorted(self.known, key=lambda one: len(one[0])):
            rest, value = self._reduced(row, Fraction(number))
            if not rest:
                if value:
                    raise ValueError("What was said cannot all be true.")
                continue
            lead = min(rest)
            scale = rest[lead]
            self.pivots[lead] = ({n: c / scale for n, c in rest.items()}, value / scale)

    def _reduced(self, row: Row, value: Fraction) -> tuple[Row, Fraction]:
        row = dict(row)
        while leads := [n for n in row if n in self.pivots]:
            lead = min(leads)
            times = row[lead]
            pivot, number = self.pivots[lead]
            for n, c in pivot.items():
                left = row.get(n, Fraction(0)) - times * c
                if left:
                    row[n] = left
                else:
                    row.pop(n, None)
            value -= times * number
        return row, value

    def _bound(self) -> None:
        """From nought upwards, each sum read against the bounds of its parts, until nothing more follows."""
        self.low: list[int | None] = [0 for _atom in self.atoms]
        self.high: list[int | None] = [None] * len(self.atoms)
        moved = True
        while moved:
            moved = False
            for row, number in self.known:
                moved |= self._narrow(row, number)

    def _narrow(self, row: Row, number: int) -> bool:
        moved = False
        least = {n: self.low[n] if c > 0 else _less(self.high[n]) for n, c in row.items()}
        most = {n: self.high[n] if c > 0 else _less(self.low[n]) for n, c in row.items()}
        open_least, open_most = [n for n, v in least.items() if v is None], [n for n, v in most.items() if v is None]
        least_of, most_of = sum(v for v in least.values() if v is not None), sum(v for v in most.values() if v is not None)
        for n, c in row.items():
            top = number - (least_of - (least[n] or 0)) if set(open_least) <= {n} else None
            bottom = number - (most_of - (most[n] or 0)) if set(open_most) <= {n} else None
            if c < 0:
                top, bottom = _less(bottom), _less(top)
            high, low = self.high[n], self.low[n]
            if top is not None and (high is None or top < high):
                self.high[n], moved = top, True
            if bottom is not None and (low is None or bottom > low):
                self.low[n], moved = bottom, True
            if moved:
                return True
        return False

    def _number(self, plus: int, minus: int) -> int | None:
        """What it is, if nothing else can be."""
        touched = []
        for n, atom in enumerate(self.atoms):
            if atom & (plus | minus):
                if atom & ~(plus if atom & plus else minus) and self.high[n] != 0:
                    return None
                touched.append((n, 1 if atom & plus else -1))
        rest, value = self._reduced({n: Fraction(sign) for n, sign in touched}, Fraction(0))
        if not rest:
            return int(-value)
        high, low = [self.high[n] for n, _sign in touched], [self.low[n] for n, _sign in touched]
        return sum(n * sign for n, (_at, sign) in zip(high, touched, strict=True) if n) if high == low else None


def _less(number: int | None) -> int | None:
    return None if number is None else -number
