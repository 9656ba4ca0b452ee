"""What somebody said of money that was promised: what they paid, and what came to them. What the others said is theirs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from setfair.agreements.amounts import money
from setfair.cases.models import Participation
from setfair.core.actor import Kind
from setfair.restitution.models import Payment, PaymentWord

from .lines import Line, at, on


def money_of(me: Participation) -> list[Line]:
    """Each word of theirs in turn, and what the team wrote down as paid by them."""
    words = PaymentWord.objects.filter(by_kind=Kind.PARTICIPANT, by=me.pk).select_related("payment").order_by("at", "turn", "id")
    noted = Payment.objects.filter(payer=me, words__side=PaymentWord.Side.TEAM, words__turn=1).order_by("paid_on", "at", "id")
    return [_word(word) for word in words] + [
        on(row.paid_on, _("we wrote down that you paid: %s") % money(row.amount, row.currency)) for row in noted
    ]


def _word(word: PaymentWord) -> Line:
    much = money(word.amount, word.payment.currency)
    said = _("you said that you paid: %s") if word.side == PaymentWord.Side.PAYER else _("you said that this came to you: %s")
    return at(word.at, said % much)
