from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from setfair.agreements.amounts import money, smallest
from setfair.agreements.journey import OPEN, ItemStage, Stage
from setfair.agreements.models import Item
from setfair.agreements.queries import made_by, with_names
from setfair.cases.models import Case, Participation
from setfair.cases.queries import how, walls_between
from setfair.cases.route import WITHOUT_MEETING
from setfair.core import clock
from setfair.preparation.queries import is_let_be
from setfair.vault import ring

from . import cents, quiet
from .models import Ordered, Payment, PaymentWord, Unclear

Side, Why = PaymentWord.Side, Unclear.Why
SIGNED = (Stage.IN_FORCE, Stage.SUPERSEDED)
TELLS = OPEN | {ItemStage.KEPT}
"""Stages in which whoever makes a promise can still tell of it."""
LET_GO = (ItemStage.WAIVED, ItemStage.REPLACED)
PATIENCE = timedelta(days=7)
"""For so long whoever it is for can say by themselves whether something came; then somebody asks."""


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

    @property
    def note(self) -> str:
        """What the team wrote with its last word."""
        return next((str(word.words) for word in reversed(self.row.words.all()) if word.side == Side.TEAM), "")


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

    def paid(self, item: Item) -> list[Paid]:
        line = set(self.line(item.pk))
        return [Paid(row, said_of(row)) for row in self.rows if row.item_id in line and row.currency == item.currency]

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


def open_parts(item: Item, came: int) -> Iterator[tuple[date, int]]:
    """The days on which something of it is due, from the first that is not whole, with what is lacking on each."""
    due = [cents.coins(part.amount, smallest(item.currency)) for part in item.payments]
    first = cents.next_part(due, came)
    if first is not None:
        n, lacking = first
        yield item.payments[n].due_on, lacking
        yield from ((part.due_on, many) for part, many in zip(item.payments[n + 1 :], due[n + 1 :], strict=True))


def holding(case: UUID) -> QuerySet[Item]:
    """Promises of money that hold."""
    return Item.objects.filter(case_id=case, agreement__stage=Stage.IN_FORCE, amount__isnull=False).order_by("due_on", "agreement__number", "order")


def promises_of(case: Case) -> list[Item]:
    """The same, ready to be named."""
    return with_names(holding(case.pk), "owed_to")


def to_pay(me: Participation) -> list[Item]:
    """What this person said they would pay and can still tell us of; nothing once they, or what they promised, were let go."""
    items = list(holding(me.case_id).filter(made_by(me), stage__in=TELLS))
    if not items or is_let_be(me):
        return []
    known = book(me.case_id)
    return [item for item in items if not known.is_ordered(item)]


@dataclass(frozen=True)
class Own:
    """A payment as whoever made it reads it: their own word, or what the team wrote down for them. Never what the other side says."""

    row: Payment
    words: str
    may_take_back: bool
    by_team: bool


def told_by(item: Item, me: Participation, known: Book) -> list[Own]:
    return [_own(one) for one in known.paid(item) if one.row.payer_id == me.pk and one.said.last(Side.PAYER) != 0]


def _own(one: Paid) -> Own:
    theirs = one.said.last(Side.PAYER)
    return Own(
        one.row, one.last(Side.PAYER if theirs is not None else Side.TEAM), theirs is not None and one.said.last(Side.TEAM) is None, theirs is None
    )


@dataclass(frozen=True)
class Owed:
    """Money that was promised to somebody, as they read it: what they are asked about, and what they said themselves."""

    item: Item
    asked: list[Paid]
    told: list[Paid]


def owed_to(me: Participation) -> list[Owed]:
    """Only what is owed to this person themselves. Who of several paid how much is not among it."""
    items = list(holding(me.case_id).filter(owed_to=me).exclude(stage__in=LET_GO))
    if not items or is_let_be(me):
        return []
    ring.gather([me.case_id])
    known = book(me.case_id)
    return [_owed(item, me, known) for item in items if not known.is_ordered(item)]


def _owed(item: Item, me: Participation, known: Book) -> Owed:
    paid, hears = known.paid(item), hears_of(item, me)
    asked = [one for one in paid if hears and one.said.waits]
    return Owed(item, asked, [one for one in paid if one.said.last(Side.RECEIVER) is not None])


def hears_of(item: Item, me: Participation) -> bool:
    """Whether this person is asked about what somebody says they paid: not where they do not meet, not where one of those who pay is kept
    apart from them, and not if they want no news. They can say by themselves what came, and the team asks them."""
    if how(me.case) in WITHOUT_MEETING or quiet.is_quiet(me):
        return False
    walls = walls_between([me.person_id, *(owner.person_id for owner in item.owners)])
    return not any(me.person_id in (wall.one_id, wall.other_id) for wall in walls)


def can_say(item: Item) -> bool:
    """Whether somebody is there who is asked whether it came."""
    me = item.owed_to
    return me is not None and me.left_at is None and not is_let_be(me) and hears_of(item, me)


def unclear(item: Item, known: Book) -> dict[str, date]:
    """What somebody of the team has to clear up about this promise, and from which day on."""
    paid, today = known.paid(item), clock.local(clock.now(), item.case.programme.zone).date()
    found = {}
    if any(one.said.differs for one in paid):
        found[Why.DIFFERS.value] = today
    if known.standing(item).over:
        found[Why.OVER.value] = today
    waiting = [clock.local(one.row.at, item.case.programme.zone).date() for one in paid if one.said.waits]
    if waiting:
        found[Why.WAITS.value] = min(waiting) + (PATIENCE if can_say(item) else timedelta())
    return found
