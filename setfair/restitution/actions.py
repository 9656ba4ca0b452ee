"""What is said of money that was promised. Nothing here moves money, and nothing says by itself that a promise was kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.agreements import queries as agreements
from setfair.agreements.amounts import smallest
from setfair.agreements.journey import Stage
from setfair.agreements.models import Item
from setfair.cases.models import Case
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.bank_numbers import holds_bank_number
from setfair.journal.actions import record

from . import cents, queries
from .models import Ordered, Payment, PaymentWord, Unclear
from .queries import Side

NOTHING = Decimal(0)


class CannotPay(Exception):
    """This cannot be said of that promise; the sentence says why."""


@transaction.atomic
def say_paid(item: Item, *, by: Actor, amount: Decimal, paid_on: date, form_key: UUID | None = None) -> Payment:
    """Who pays says so. It counts once whoever it is for, or the team, has said that it came; what they had said of it already is this one."""
    now = _holds(item)
    if by.id not in {owner.pk for owner in now.owners if owner.left_at is None}:
        raise CannotPay(_("You did not promise this."))
    known = queries.book(now.case_id)
    if (there := _heard_before(now, known, form_key)) is not None:
        return there
    if now.stage not in queries.TELLS:
        raise CannotPay(_("This is done already. Thank you."))
    many = _payable(now, known, amount, paid_on)
    came = [one.row for one in known.paid(now) if _same(one, many, Side.RECEIVER, Side.PAYER) and one.row.payer_id in (None, by.id)]
    row = came[0] if came else _new(now, by.id, amount, paid_on)
    _say(row, Side.PAYER, amount, by, form_key)
    record("said_paid", row, by=by)
    _look(now, by)
    return row


@transaction.atomic
def take_back(payment: Payment, *, by: Actor) -> Payment:
    """Who said that they paid had mixed it up. What the team has found stays as it is."""
    now, row = _holds(payment.item), _anew(payment)
    said = queries.said_of(row)
    if row.payer_id != by.id or said.last(Side.PAYER) is None or said.last(Side.TEAM) is not None:
        raise CannotPay(_("Please call us. We put it right with you."))
    if said.last(Side.PAYER):
        _say(row, Side.PAYER, NOTHING, by)
        record("took_payment_back", row, by=by)
        _look(now, by)
    return row


@transaction.atomic
def say_came(item: Item, *, by: Actor, amount: Decimal, paid_on: date, form_key: UUID | None = None) -> Payment:
    """Whom it is for tells by themselves what came. If somebody said that they paid just this, it is that payment."""
    now = _holds(item)
    if now.owed_to_id != by.id or now.owed_to is None or now.owed_to.left_at is not None:
        raise CannotPay(_("This was not promised to you."))
    known = queries.book(now.case_id)
    if (there := _heard_before(now, known, form_key)) is not None:
        return there
    many = _payable(now, known, amount, paid_on)
    open_ones = [one for one in known.paid(now) if one.said.waits]
    same = [one for one in open_ones if _same(one, many, Side.PAYER, Side.RECEIVER)]
    of = (same or (open_ones if len(open_ones) == 1 else []))[:1]
    row = of[0].row if of else _new(now, None, amount, paid_on)
    _say(row, Side.RECEIVER, amount, by, form_key)
    record("said_came", row, by=by)
    _look(now, by)
    return row


@transaction.atomic
def answer(payment: Payment, *, by: Actor, amount: Decimal) -> Payment:
    """Whom it is for says what came of one payment that they are asked about, or told of before: all of it, nothing, or another sum."""
    now, row = _holds(payment.item), _anew(payment)
    me = now.owed_to
    before = queries.said_of(row).last(Side.RECEIVER)
    if me is None or me.pk != by.id or me.left_at is not None or (before is None and not queries.hears_of(now, me)):
        raise CannotPay(_("This was not promised to you."))
    _coins(now, amount)
    if before != cents.coins(amount, smallest(now.currency)):
        _say(row, Side.RECEIVER, amount, by)
        record("said_came" if amount else "said_not_come", row, by=by)
        _look(now, by)
    return row


@transaction.atomic
def note_payment(
    item: Item, *, by: Actor, amount: Decimal, paid_on: date, payer: UUID | None = None, words: str = "", form_key: UUID | None = None
) -> Payment:
    """The team writes down what came through an office, or what they were told aloud. It counts at once."""
    now = _holds(item)
    if payer is not None and payer not in {owner.pk for owner in now.owners}:
        raise CannotPay(_("Please choose somebody who promised this."))
    known = queries.book(now.case_id)
    if (there := _heard_before(now, known, form_key)) is not None:
        return there
    _payable(now, known, amount, paid_on)
    row = _new(now, payer, amount, paid_on)
    _say(row, Side.TEAM, amount, by, form_key, _clean(words))
    record("noted_payment", row, by=by)
    _look(now, by)
    return row


@transaction.atomic
def settle(payment: Payment, *, by: Actor, amount: Decimal, words: str = "") -> Payment:
    """The team has looked into it, and says how much of this payment came. What both sides said stays there.

    Where they said different things, the team writes how it knows.
    """
    now, row = _holds(payment.item), _anew(payment)
    _coins(now, amount)
    if queries.said_of(row).differs and not words.strip():
        raise CannotPay(_("Please write what you found out."))
    _say(row, Side.TEAM, amount, by, None, _clean(words))
    record("settled_payment", row, by=by)
    _look(now, by)
    return row


@transaction.atomic
def say_ordered(item: Item, *, by: Actor, holds: bool) -> Ordered | None:
    """A court ordered the same money, or did not after all. While it did nobody is asked for it here: it would be paid twice."""
    now = _holds(item)
    known = queries.book(now.case_id)
    if known.is_ordered(now) == holds:
        return None
    line = known.line(now.pk)
    first = next((pk for pk in line if pk in known.ordered), line[-1])
    turn = Ordered.objects.filter(item=first).count() + 1
    row = Ordered.objects.create(item_id=first, case_id=now.case_id, turn=turn, holds=holds, by=by.known_id)
    record("said_ordered", now, by=by, holds=holds)
    return row


@transaction.atomic
def look_again(case: Case, *, by: Actor) -> None:
    """Work out anew what is unclear in a case: a promise reads otherwise now, or holds no more, or somebody who could have said something has
    left. What belongs to no promise that holds is unclear no more."""
    known, items = queries.book(case.pk), list(queries.holding(case.pk).select_related("owed_to__person", "owed_to__case", "case__programme"))
    for item in items:
        if known.paid(item):
            _look(item, by)
    holds = {known.line(item.pk)[-1] for item in items}
    Unclear.objects.filter(case=case, ended_at__isnull=True).exclude(item__in=holds).update(ended_at=clock.now(), ended_by=by.id)


def _holds(item: Item) -> Item:
    """The promise as it holds now, whatever version it was known by, with its agreement held until the transaction ends."""
    known = queries.book(item.case_id)
    now = Item.objects.select_related("agreement").get(pk=known.now(item.pk))
    if agreements.lock(now.agreement).stage != Stage.IN_FORCE:
        raise CannotPay(_("This agreement does not hold now, so nothing is asked under it."))
    if now.amount is None:
        raise CannotPay(_("No money was promised here."))
    rows = Item.objects.select_for_update(of=("self",)).select_related("owner__person", "owed_to__person", "owed_to__case", "case__programme")
    return rows.get(pk=now.pk)


def _anew(payment: Payment) -> Payment:
    """With every word that was said of it before the case was held (`_holds`)."""
    return Payment.objects.prefetch_related("words").get(pk=payment.pk)


def _heard_before(item: Item, known: queries.Book, form_key: UUID | None) -> Payment | None:
    """What this form has said already of this promise."""
    word = PaymentWord.objects.filter(form_key=form_key).select_related("payment").first() if form_key is not None else None
    return word.payment if word is not None and word.payment.item_id in known.line(item.pk) else None


def _same(one: queries.Paid, many: int, said: str, silent: str) -> bool:
    """One side has told of just this much, the other of nothing yet, and the team has not looked."""
    return one.said.last(said) == many and one.said.last(silent) is None and one.said.last(Side.TEAM) is None


def _payable(item: Item, known: queries.Book, amount: Decimal, paid_on: date) -> int:
    if known.is_ordered(item):
        raise CannotPay(_("A court has ordered this money. It is not asked for here a second time."))
    if item.stage in queries.LET_GO:
        raise CannotPay(_("This is not asked for any more."))
    if paid_on > timezone.localdate():
        raise CannotPay(_("Please choose today, or a day before."))
    if amount <= 0:
        raise CannotPay(_("Please write how much it was."))
    return _coins(item, amount)


def _coins(item: Item, amount: Decimal) -> int:
    try:
        return cents.coins(amount, smallest(item.currency))
    except cents.NotPayable:
        raise CannotPay(_("There are no coins for this amount. Please look at it again.")) from None


def _clean(words: str) -> str:
    if holds_bank_number(words):
        raise CannotPay(_("This looks like the number of an account or a card. Please leave it out: nobody needs it here."))
    return words.strip()


def _new(item: Item, payer: UUID | None, amount: Decimal, paid_on: date) -> Payment:
    return Payment.objects.create(item=item, case_id=item.case_id, payer_id=payer, amount=amount, currency=item.currency, paid_on=paid_on)


def _say(row: Payment, side: str, amount: Decimal, by: Actor, form_key: UUID | None = None, words: str = "") -> PaymentWord:
    turn = PaymentWord.objects.filter(payment=row).count() + 1
    if form_key is not None and PaymentWord.objects.filter(form_key=form_key).exists():
        form_key = uuid4()
    return PaymentWord.objects.create(
        payment=row, case_id=row.case_id, side=side, turn=turn, amount=amount, words=words, form_key=form_key, by_kind=by.kind, by=by.known_id
    )


def _look(item: Item, by: Actor) -> None:
    """What has become unclear stands there from its day on, and what is clear again ends."""
    known = queries.book(item.case_id)
    first, found = known.line(item.pk)[-1], queries.unclear(item, known)
    there = {row.why: row for row in Unclear.objects.select_for_update(of=("self",)).filter(item_id=first, ended_at__isnull=True)}
    for why, day in found.items():
        if why not in there:
            Unclear.objects.create(item_id=first, case_id=item.case_id, why=why, tell_on=day)
        elif there[why].tell_on != day and why == Unclear.Why.WAITS:
            there[why].tell_on = day
            there[why].save(update_fields=["tell_on"])
    for why, row in there.items():
        if why not in found:
            row.ended_at, row.ended_by = clock.now(), by.id
            row.save(update_fields=["ended_at", "ended_by"])
