"""What a participant's home says of money. No sum and no name: somebody else may look at the page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.preparation.home import MORE, Card, register_card

from . import queries


def pay_cards(me: Participation) -> list[Card]:
    """One for each promise of money of theirs that is not settled. What they told us of in full is not asked again."""
    return [
        Card(_("You told us that you paid"), _("Thank you. Nothing more is asked of you."), reverse("paid", args=[item.pk]))
        if is_told
        else Card(_("Have you paid something?"), _day(item.due_on), reverse("paid", args=[item.pk]))
        for item, is_told in queries.to_tell(me)
    ]


def owed_card(me: Participation) -> Card | None:
    """That money was promised to them; their turn only where somebody waits for their word."""
    owed = queries.owed_to(me)
    if not owed:
        return None
    asked = any(one.asked for one in owed)
    words = _("Something may have come for you. Did it come?") if asked else _("If something came, you can tell us here.")
    return Card(_("What comes to you"), words, reverse("owed"), is_your_turn=asked)


def _day(day: object) -> str:
    return _("You said by %(day)s. Tell us here when you have.") % {"day": date_format(day, "DATE_FORMAT")}


def register() -> None:
    register_card(MORE, pay_cards)
    register_card(MORE, owed_card)
