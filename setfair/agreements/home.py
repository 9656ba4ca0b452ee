"""What a participant's home says of the agreement: that it is there to be signed, that it holds, and what they said they would do."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.preparation.home import AGREEMENT, MORE, Card, register_card

from . import queries
from .journey import Stage
from .models import Agreement


def agreement_cards(me: Participation) -> list[Card]:
    """One for each, open while it is signed and kept, for whom it concerns: what waits for them first, then the newest. When all have ended
    the closed card stands there again, whatever the reason was."""
    there = queries.readable_by(me)
    mine = {one.pk for one in queries.lying_for(me)} if any(one.stage == Stage.SIGNING for one in there) else set()
    cards = [_card(one, one.pk in mine, _begun(one, me) if len(there) > 1 else "") for one in there]
    return sorted(cards, key=lambda card: not card.is_your_turn)


def _card(agreement: Agreement, is_mine: bool, which: str) -> Card:
    there, title = reverse("my_agreement", args=[agreement.pk]), _("Your agreement")
    if agreement.stage == Stage.IN_FORCE:
        return Card(title, which + _("Everyone has signed. You can read it and print it."), there, True)
    if is_mine:
        return Card(title, which + _("It is there to read and sign. Take your time."), there, is_your_turn=True)
    return Card(title, which + _("You can read it here. When all have signed, we send you a message."), there)


def _begun(agreement: Agreement, me: Participation) -> str:
    """By what somebody who reads several tells them apart; how many there are that they do not read is not told."""
    day = clock.local(agreement.drafted_at, me.programme.zone).date()
    return _("We began to write it on %(day)s.") % {"day": date_format(day, "DATE_FORMAT")} + " "


def promise_card(me: Participation) -> Card | None:
    """The next thing they said they would do."""
    item = queries.next_of(me)
    if item is None:
        return None
    day = date_format(item.due_on, "DATE_FORMAT")
    return Card(
        _("What you said you will do"), _("By %(day)s. Tell us how it went.") % {"day": day}, reverse("proof", args=[item.pk]), is_your_turn=True
    )


def register() -> None:
    register_card(AGREEMENT, agreement_cards)
    register_card(MORE, promise_card)
