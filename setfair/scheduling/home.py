"""This floor's card on a participant's home: first "when could you come?", then when and where."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.preparation.home import Card

from . import queries
from .said import clock_of


def card_of(me: Participation) -> Card | None:
    """Open once this person has said yes; before that, and after a no, nobody asks them for times, or tells them one that others have."""
    booking = queries.live_booking(me.case)
    if booking is not None and queries.lies_ahead(booking) and queries.may_know(booking, me):
        return Card(_("When and where"), clock_of(me, me.case.programme).when(booking.starts_at, booking.ends_at), reverse("times"))
    if booking is None and me.case.stage in (Stage.PREPARING, Stage.READY) and queries.is_willing(me):
        asked = queries.last_round(me.case)
        if asked is not None and not asked.is_open:
            return Card(_("When and where"), _("We will tell you when there is a day."), reverse("times"))
        told = queries.own_word(asked, me) is not None if asked is not None else bool(queries.answers_of(me))
        words = _("Thank you for your times. You can still change them.") if told else _("Tell us when you could come.")
        return Card(_("When and where"), words, reverse("times"), is_your_turn=not told)
    return None
