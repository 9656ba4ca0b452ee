"""What must hold before something is said of money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.agreements.amounts import smallest
from setfair.agreements.models import Item
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.bank_numbers import holds_bank_number

from . import cents, queries
from .models import Payment, PaymentWord

MOST_WAITING = 50
"""So many payments of one promise at most wait for a word at once."""
BEFORE = timedelta(days=14)
"""What was agreed on may be written down so long after."""


class CannotPay(Exception):
    """This cannot be said of that promise; the sentence says why."""


def heard_before(item: Item, known: queries.Book, form_key: UUID | None, amount: Decimal) -> Payment | None:
    """What this form has said already of this promise. Sent again with another sum it is refused: what was said first still counts."""
    word = PaymentWord.objects.filter(form_key=form_key).select_related("payment").first() if form_key is not None else None
    if word is None or word.payment.item_id not in known.line(item.pk):
        return None
    if word.amount != amount:
        raise CannotPay(_("You sent this before, with another sum. Please look at what you told us, and change it there."))
    return word.payment


def payable(item: Item, known: queries.Book, amount: Decimal, paid_on: date, by: Actor) -> int:
    """How many coins it is. Raises `CannotPay` where this cannot be said of the promise now."""
    if known.is_ordered(item):
        raise CannotPay(_("A court has ordered this money. It is not asked for here a second time."))
    if item.stage in queries.LET_GO:
        raise CannotPay(_("This is not asked for any more."))
    if paid_on > timezone.localdate():
        raise CannotPay(_("Please choose today, or a day before."))
    if paid_on < (_first_day(item, known) if by.kind == Kind.PARTICIPANT else clock.EARLIEST):
        raise CannotPay(_("Please choose a day since you agreed on this."))
    if amount <= 0:
        raise CannotPay(_("Please write how much it was."))
    return coins(amount, item.currency)


def coins(amount: Decimal, currency: str) -> int:
    try:
        return cents.coins(amount, smallest(currency))
    except cents.NotPayable:
        raise CannotPay(_("There are no coins for this amount. Please look at it again.")) from None


def check_few_wait(item: Item, known: queries.Book) -> None:
    if sum(1 for one in known.paid(item) if one.said.waits) >= MOST_WAITING:
        raise CannotPay(_("You told us of many payments. We look at them first. Please call us."))


def clean(words: str) -> str:
    if holds_bank_number(words):
        raise CannotPay(_("This looks like the number of an account or a card. Please leave it out: nobody needs it here."))
    return words.strip()


def _first_day(item: Item, known: queries.Book) -> date:
    begun = Item.objects.values_list("agreement__drafted_at", flat=True).get(pk=known.line(item.pk)[-1])
    return clock.local(begun, item.case.programme.zone).date() - BEFORE
