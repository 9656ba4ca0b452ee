"""This floor's card on a participant's home: first "when could you come?", then when and where."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.preparation.home import Card
from setfair.preparation.models import Consent
from setfair.preparation.queries import answer_of, is_asked

from . import queries


def card_of(me: Participation) -> Card | None:
    """Open once this person has said yes; before that, and after a no, nobody asks them for times."""
    booking = queries.live_booking(me.case)
    if booking is not None and queries.lies_ahead(booking):
        return Card(_("When and where"), queries.when_words(booking, me.case.programme), reverse("times"), is_done=True)
    if booking is None and me.case.stage in (Stage.PREPARING, Stage.READY) and _is_willing(me):
        return Card(_("When and where"), _("Tell us when you could come."), reverse("times"))
    return None


def _is_willing(me: Participation) -> bool:
    said = answer_of(me)
    return not is_asked(me) or (said is not None and said.answer == Consent.Answer.YES)
