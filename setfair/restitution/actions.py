"""What is said of money that was promised. Nothing here moves money, and nothing says by itself that a promise was kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from setfair.agreements import actions as agreed
from setfair.agreements import queries as agreements
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Item
from setfair.cases.models import Case, Participation
from setfair.cases.queries import lock
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from . import queries
from .checks import CannotPay as CannotPay
from .checks import check_few_wait, clean, coins, heard_before, payable
from .models import Ordered, Payment, PaymentWord, Unclear
from .queries import Side, Why

NOTHING = Decimal(0)


@transaction.atomic
def say_paid(item: Item, *, by: Actor, amount: Decimal, paid_on: date, form_key: UUID | None = None) -> Payment:
    """Who pays says so. It counts once whoever it is for, or the team, has said that it came; what they had said of it already is this one, also
    where whoever pays had taken it back."""
    now = _holds(item)
    if by.id not in {owner.pk for owner in now.owners if owner.left_at is None}:
        raise CannotPay(_("You did not promise this."))
    known = queries.book(now.case_id)
    if (there := heard_before(now, known, form_key, amount)) is not None:
        return there
    if now.stage not in queries.TELLS:
        raise CannotPay(_("This is done already. Thank you."))
    many = payable(now, known, amount, paid_on, by)
    came = [one.row for one in known.paid(now) if _same(one, many, Side.RECEIVER, Side.PAYER) and _may_be_by(one, by.id)]
    if not came:
        check_few_wait(now, known)
    row = came[0] if came else _new(now, by.id, amount, paid_on)
    _say(row, Side.PAYER, amount, by, form_key, paid_on=paid_on)
    record("said_paid", row, by=by)
    _look(now, by)
    return row


@transaction.atomic
def take_back(payment: Payment, *, by: Actor) -> Payment:
    """Who said that they paid had mixed it up. What the team has found stays as it is."""
    now, row = _holds(payment.item), _anew(payment)
    said = queries.said_of(row)
    if queries.Paid(row, said).teller(Side.PAYER) != by.id or said.last(Side.TEAM) is not None:
        raise CannotPay(_("Please call us. We put it right with you."))
    if said.last(Side.PAYER):
        _say(row, Side.PAYER, NOTHING, by)
        record("took_payment_back", row, by=by)
        _look(now, by)
    return row


@transaction.atomic
def say_came(item: Item, *, by: Actor, amount: Decimal, paid_on: date, form_key: UUID | None = None) -> Payment:
    """Whom it is for tells by themselves what came. If somebody said that they paid just this, it is that payment: the team reads both words side
    by side, and each side its own words and its own day alone."""
    now = _holds(item)
    if now.owed_to_id != by.id or now.owed_to is None or now.owed_to.left_at is not None:
        raise CannotPay(_("This was not promised to you."))
    known = queries.book(now.case_id)
    if (there := heard_before(now, known, form_key, amount)) is not None:
        return there
    many = payable(now, known, amount, paid_on, by)
    open_ones = [one for one in known.paid(now) if one.said.waits]
    same = [one for one in open_ones if _same(one, many, Side.PAYER, Side.RECEIVER)]
    of = (same or (open_ones if len(open_ones) == 1 else []))[:1]
    row = of[0].row if of else _new(now, None, amount, paid_on)
    _say(row, Side.RECEIVER, amount, by, form_key, paid_on=paid_on)
    record("said_came", row, by=by)
    _look(now, by)
    return row


@transaction.atomic
def answer(payment: Payment, *, by: Actor, amount: Decimal) -> Payment:
    """Whom it is for says what came of one payment that they are asked about, or told of before: all of it, nothing, or another sum."""
    now, row = _holds(payment.item), _anew(payment)
    me = now.owed_to
    before = queries.said_of(row).last(Side.RECEIVER)
    if me is None or me.pk != by.id or me.left_at is not None:
        raise CannotPay(_("This was not promised to you."))
    if before is None and not _is_asked(now, me, row):
        raise CannotPay(_("This is not asked any more. If something came, you can tell us here."))
    if before != coins(amount, row.currency):
        _say(row, Side.RECEIVER, amount, by)
        record("said_came" if amount else "said_not_come", row, by=by)
        _look(now, by)
    return row


@transaction.atomic
def note_payment(
    item: Item, *, by: Actor, amount: Decimal, paid_on: date, payer: UUID | None = None, words: str = "", form_key: UUID | None = None
) -> Payment:
    """The team writes down what came through an office, or what they were told aloud. It counts at once. If one side has told of just this, and the
    other of nothing, it is that payment."""
    now = _holds(item)
    if payer is not None and payer not in {owner.pk for owner in now.owners}:
        raise CannotPay(_("Please choose somebody who promised this."))
    known = queries.book(now.case_id)
    if (there := heard_before(now, known, form_key, amount)) is not None:
        return there
    many = payable(now, known, amount, paid_on, by)
    said = [one.row for one in known.paid(now) if _told_by_one(one, many) and (payer is None or _may_be_by(one, payer))]
    row = said[0] if said else _new(now, payer, amount, paid_on)
    _say(row, Side.TEAM, amount, by, form_key, clean(words), paid_on)
    record("noted_payment", row, by=by)
    _look(now, by)
    return row


@transaction.atomic
def settle(payment: Payment, *, by: Actor, amount: Decimal, words: str = "") -> Payment:
    """The team has looked into it, and says how much of this payment came. What both sides said stays there.

    Where they said different things, the team writes how it knows. It can do so also where the promise was left out of a newer version.
    """
    now, row = _holds(payment.item, or_held=True), _anew(payment)
    coins(amount, row.currency)
    if queries.said_of(row).differs and not words.strip():
        raise CannotPay(_("Please write what you found out."))
    _say(row, Side.TEAM, amount, by, None, clean(words))
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
    _look(now, by)
    return row


@transaction.atomic
def look_again(case: Case, *, by: Actor) -> None:
    """Work out anew what is unclear in a case, and of what nobody is reminded: a promise reads otherwise now or was settled, or who could say
    something is asked no more.

    What nobody has to ask any more ends with the promise. What two say differently, or what came beyond it, waits for the team as long as any
    agreement of the case holds; then it is over with the case.
    """
    lock(case)
    known, items = queries.book(case.pk), list(queries.holding(case.pk).select_related("owed_to__person", "owed_to__case", "case__programme"))
    for item in items:
        if known.told_of(item) or known.is_ordered(item):
            _look(item, by)
    left = Unclear.objects.filter(case=case, ended_at__isnull=True).exclude(item__in={known.line(item.pk)[-1] for item in items})
    if Agreement.objects.filter(case=case, stage=Stage.IN_FORCE).exists():
        _end(left.exclude(why__in=(Why.DIFFERS, Why.OVER)), Unclear.Ended.CLEAR, by)
    else:
        _end(left, Unclear.Ended.OVER_WITH_THE_CASE, by)


def _holds(item: Item, *, or_held: bool = False) -> Item:
    """The promise as it holds now, whatever version it was known by, with its agreement held until the transaction ends. `or_held`: also one that
    held, while another agreement of the case does."""
    known = queries.book(item.case_id)
    now = Item.objects.select_related("agreement").get(pk=known.now(item.pk))
    stage = agreements.lock(now.agreement).stage
    goes_on = or_held and Agreement.objects.filter(case=item.case_id, stage=Stage.IN_FORCE).exists()
    if stage != Stage.IN_FORCE and not (goes_on and stage in (Stage.SUPERSEDED, Stage.ENDED)):
        raise CannotPay(_("This agreement does not hold now, so nothing is asked under it."))
    if now.amount is None:
        raise CannotPay(_("No money was promised here."))
    rows = Item.objects.select_for_update(of=("self",)).select_related(
        "agreement", "owner__person", "owed_to__person", "owed_to__case", "case__programme"
    )
    return rows.get(pk=now.pk)


def _anew(payment: Payment) -> Payment:
    """With every word that was said of it before the case was held (`_holds`)."""
    return Payment.objects.prefetch_related("words").get(pk=payment.pk)


def _same(one: queries.Paid, many: int, said: str, silent: str) -> bool:
    """One side has told of just this much, the other of nothing that stands, and the team has not looked."""
    return one.said.last(said) == many and not one.said.last(silent) and one.said.last(Side.TEAM) is None


def _told_by_one(one: queries.Paid, many: int) -> bool:
    """One side has told of just this much, the other of nothing at all, and the team has not looked."""
    paid, came = one.said.last(Side.PAYER), one.said.last(Side.RECEIVER)
    return one.said.last(Side.TEAM) is None and (paid, came) in ((many, None), (None, many))


def _may_be_by(one: queries.Paid, payer: UUID | None) -> bool:
    """Nobody else is known to have paid this."""
    return {one.row.payer_id, one.teller(Side.PAYER)} <= {None, payer}


def _is_asked(item: Item, me: Participation, row: Payment) -> bool:
    known = queries.book(item.case_id)
    if known.is_ordered(item) or not queries.hears_of(item, me):
        return False
    return any(one.row.pk == row.pk for one in queries.asked_about(item, known))


def _new(item: Item, payer: UUID | None, amount: Decimal, paid_on: date) -> Payment:
    return Payment.objects.create(item=item, case_id=item.case_id, payer_id=payer, amount=amount, currency=item.currency, paid_on=paid_on)


def _say(
    row: Payment, side: str, amount: Decimal, by: Actor, form_key: UUID | None = None, words: str = "", paid_on: date | None = None
) -> PaymentWord:
    turn = PaymentWord.objects.filter(payment=row).count() + 1
    if form_key is not None and PaymentWord.objects.filter(form_key=form_key).exists():
        form_key = uuid4()
    said = {"side": side, "amount": amount, "paid_on": paid_on, "words": words, "by_kind": by.kind, "by": by.known_id}
    return PaymentWord.objects.create(payment=row, case_id=row.case_id, turn=turn, form_key=form_key, **said)


def _look(item: Item, by: Actor) -> None:
    """What has become unclear stands there from its day on, and what is clear again ends. Nobody is reminded of what is said to be paid."""
    known = queries.book(item.case_id)
    first, found = known.line(item.pk)[-1], queries.unclear(item, known)
    there = {row.why: row for row in Unclear.objects.select_for_update(of=("self",)).filter(item_id=first, ended_at__isnull=True)}
    for why, day in found.items():
        if why not in there:
            Unclear.objects.create(item_id=first, case_id=item.case_id, why=why, tell_on=day)
        elif there[why].tell_on != day and why == Unclear.Why.WAITS:
            there[why].tell_on = day
            there[why].save(update_fields=["tell_on"])
    _end(Unclear.objects.filter(pk__in=[row.pk for why, row in there.items() if why not in found]), Unclear.Ended.CLEAR, by)
    if item.agreement.stage == Stage.IN_FORCE and item.parts_told != queries.parts_told(item, known):
        agreed.hear_of_parts(item, by=by, parts=queries.parts_told(item, known))


def _end(rows: QuerySet[Unclear], how: str, by: Actor) -> None:
    rows.update(ended_at=clock.now(), ended_by=by.id, how_ended=how)
