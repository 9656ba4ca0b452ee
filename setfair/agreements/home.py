"""What a participant's home says of the agreement: that it is there to be signed, that it holds, and what they said they would do."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.preparation.home import AGREEMENT, MORE, Card, register_card

from . import queries
from .journey import Stage


def agreement_card(me: Participation) -> Card | None:
    """Open while it is signed and kept, for whom it concerns. When it has ended the closed card stands there again, whatever the reason was."""
    agreement = queries.readable_by(me)
    if agreement is None:
        return None
    there, title = reverse("my_agreement", args=[agreement.pk]), _("Your agreement")
    if agreement.stage == Stage.IN_FORCE:
        return Card(title, _("Everyone has signed. You can read it and print it."), there, True)
    if queries.being_signed_by(me) is not None:
        return Card(title, _("It is there to read and sign. Take your time."), there, is_your_turn=True)
    return Card(title, _("You can read it here. When all have signed, we send you a message."), there)


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
    register_card(AGREEMENT, agreement_card)
    register_card(MORE, promise_card)
