"""All that was said of money in one case, read once: every payment with every word about it, and what its promise has become since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from setfair.agreements.amounts import money, smallest
from setfair.agreements.journey import Stage
from setfair.agreements.models import Item

from . import cents
from .models import Ordered, Payment, PaymentWord

Side = PaymentWord.Side
SIGNED = (Stage.IN_FORCE, Stage.SUPERSEDED)


@dataclass(frozen=True)
class Paid:
    """One payment and what was said of it."""

    row: Payment
    said: cents.Said

    def last(self, side: str) -> str:
        """What a side said last, as it is read; empty where it said nothing."""
        many = self.said.last(side)
        return "" if many is None else in_words(many, self.row.currency)

    @property
    def said_paid(self) -> Decimal:
        """How much somebody says they paid."""
        return cents.amount_of(self.said.last(Side.PAYER) or 0, smallest(self.row.currency))

    @property
    def asked_for(self) -> str:
        """How much somebody says they paid."""
        return self.last(Side.PAYER)

    @property
    def received(self) -> str:
        return self.last(Side.RECEIVER)

    @property
    def received_nothing(self) -> bool:
        return self.said.last(Side.RECEIVER) == 0

    def day(self, side: str) -> date:
        """The day of it as this side wrote it last. Nobody reads the day of the other one."""
        return next((word.paid_on for word in self._last_first(side) if word.paid_on is not None), self.row.paid_on)

    def teller(self, side: str) -> UUID | None:
        return next((word.by for word in self._last_first(side)), None)

    @property
    def asked_on(self) -> date:
        return self.day(Side.PAYER)

    @property
    def received_on(self) -> date:
        return self.day(Side.RECEIVER)

    @property
    def received_before(self) -> Decimal:
        """How much whoever it is for said came, before they said that it did not; else what they were asked about. Never another's later word."""
        return next((word.amount for word in self._last_first(Side.RECEIVER) if word.amount), self.row.amount)

    def _last_first(self, side: str) -> Iterator[PaymentWord]:
        return (word for word in reversed(self.row.words.all()) if word.side == side)

    @property
    def note(self) -> str:
        """What the team wrote with its last word."""
        return next((str(word.words) for word in self._last_first(Side.TEAM)), "")


@dataclass
class Book:
    """All that was said of money in one case, read once: four questions to the database, whatever it holds.

    A promise has one line through all its versions, also where it was put in other words: what was paid under one counts under the next, as long
    as it is the same currency.
    """

    before: dict[UUID, UUID | None] = field(default_factory=dict)
    after: dict[UUID, UUID] = field(default_factory=dict)
    rows: list[Payment] = field(default_factory=list)
    ordered: set[UUID] = field(default_factory=set)

    def line(self, item: UUID) -> list[UUID]:
        """This version of a promise, and all before it, back to the first."""
        found, was = [item], self.before.get(item)
        while was is not None:
            found.append(was)
            was = self.before.get(was)
        return found

    def now(self, item: UUID) -> UUID:
        """What the promise is in the newest version that everyone signed."""
        while item in self.after:
            item = self.after[item]
        return item

    def told_of(self, item: Item) -> list[Paid]:
        """Every payment of this promise, also what came in another currency under a version before."""
        line = set(self.line(item.pk))
        return [Paid(row, said_of(row)) for row in self.rows if row.item_id in line]

    def paid(self, item: Item) -> list[Paid]:
        return [one for one in self.told_of(item) if one.row.currency == item.currency]

    def standing(self, item: Item) -> cents.Standing:
        return cents.standing(promised(item), (one.said for one in self.paid(item)))

    def is_ordered(self, item: Item) -> bool:
        return not self.ordered.isdisjoint(self.line(item.pk))


def book(case: UUID) -> Book:
    """What was said of money in this case until now."""
    kin = list(Item.objects.filter(case_id=case).values_list("pk", "follows_id", "agreement__stage"))
    after = {follows: pk for pk, follows, stage in kin if follows is not None and stage in SIGNED}
    rows = list(Payment.objects.filter(case_id=case).prefetch_related("words"))
    latest = dict(Ordered.objects.filter(case_id=case).order_by("turn").values_list("item", "holds"))
    return Book({pk: follows for pk, follows, _stage in kin}, after, rows, {pk for pk, holds in latest.items() if holds})


def said_of(row: Payment) -> cents.Said:
    """Everything that was said of one payment, in coins and in turn."""
    each = smallest(row.currency)
    return cents.Said(tuple((str(word.side), cents.coins(word.amount, each)) for word in row.words.all()))


def promised(item: Item) -> int:
    return cents.coins(item.amount, smallest(item.currency)) if item.amount is not None else 0


def in_words(many: int, currency: str) -> str:
    """So many of the smallest coins, as they are read."""
    return money(cents.amount_of(many, smallest(currency)), currency)
