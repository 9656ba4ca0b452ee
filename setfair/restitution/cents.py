"""Money in whole numbers of its smallest coin: nothing is lost by adding up, and nothing comes from nowhere.

It knows no row and no clock. Everything that is added up here is what somebody said of money that passed elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

PAYER, RECEIVER, TEAM = "payer", "receiver", "team"


class NotPayable(ValueError):
    """There are no coins for such an amount."""


def coins(amount: Decimal, smallest: Decimal) -> int:
    """How many of the smallest coin an amount is."""
    whole, rest = divmod(amount, smallest)
    if rest:
        raise NotPayable(amount)
    return int(whole)


def amount_of(many: int, smallest: Decimal) -> Decimal:
    return many * smallest


@dataclass(frozen=True)
class Said:
    """What was said of one payment, in turn: by whom, and how much it was in their eyes; nothing, where it did not come."""

    words: tuple[tuple[str, int], ...]

    def last(self, who: str) -> int | None:
        return next((many for side, many in reversed(self.words) if side == who), None)

    @property
    def came(self) -> int:
        """What counts: what the team found, else what whoever it is for says came. That somebody says they paid counts nothing yet."""
        found, heard = self.last(TEAM), self.last(RECEIVER)
        return found if found is not None else heard or 0

    @property
    def claimed(self) -> int:
        """The same without the word of whoever it is for: what the team found, else what somebody says they paid."""
        found = self.last(TEAM)
        return found if found is not None else self.last(PAYER) or 0

    @property
    def told(self) -> int:
        """For how much of it nobody is asked meanwhile: what the team found, else the most that either side says."""
        return max(self.came, self.claimed)

    @property
    def waits(self) -> int:
        """What somebody says they paid, while nobody has said whether it came."""
        return (self.last(PAYER) or 0) if self.last(TEAM) is None and self.last(RECEIVER) is None else 0

    @property
    def differs(self) -> bool:
        """Both sides have said something else, or somebody has said something else since the team looked into it."""
        found = self.last(TEAM)
        if found is not None:
            since = len(self.words) - next(n for n, (side, _many) in enumerate(reversed(self.words)) if side == TEAM)
            return any(many != found for _side, many in self.words[since:])
        paid, heard = self.last(PAYER), self.last(RECEIVER)
        return paid is not None and heard is not None and paid != heard


@dataclass(frozen=True)
class Standing:
    """How a promise of money stands. `promised` is what is open and what came, less what came over it: always."""

    promised: int
    came: int
    waits: int

    @property
    def open(self) -> int:
        return max(self.promised - self.came, 0)

    @property
    def over(self) -> int:
        """What came beyond what was promised. It is set against nothing: somebody talks with them."""
        return max(self.came - self.promised, 0)


def standing(promised: int, paid: Iterable[Said]) -> Standing:
    """All that was said of one promise, added up."""
    each = list(paid)
    return Standing(promised, sum(one.came for one in each), sum(one.waits for one in each))


def next_part(due: Sequence[int], came: int) -> tuple[int, int] | None:
    """Which part is not whole yet, counted from the first as 0, and what it lacks; what comes fills the parts in turn. None when all are."""
    for n, part in enumerate(due):
        if came < part:
            return n, part - came
        came -= part
    return None
