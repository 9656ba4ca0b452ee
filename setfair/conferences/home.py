"""This floor's card on a participant's home, once the hour has come: that it has been, and no day is looked for any more."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Participation
from setfair.preparation.home import MORE, WHEN, Card, register_card

from . import queries
from .journey import Stage
from .models import Conference

HELD = (Stage.LIVE, Stage.CONCLUDED)
SINCE = (CaseStage.CONVENED, CaseStage.FOLLOWING_UP, CaseStage.CLOSED)


def card_of(me: Participation) -> Card | None:
    """Says to whoever came that they have met, and to others only that the day has been. After a step back a new day is looked for."""
    if me.case.stage not in SINCE:
        return None
    held = Conference.objects.filter(case=me.case_id, stage__in=HELD).order_by("-planned_at").first()
    if held is None:
        return None
    met = queries.came(held).get(me.pk, False)
    return Card(_("When and where"), _("You have met.") if met else _("That day has been."), is_done=met)


def card_of_now(me: Participation) -> Card | None:
    """While they sit in it, and first on the page."""
    if queries.sits_in(me) is None:
        return None
    return Card(_("The circle now"), _("You can follow here whose turn it is, and ask for a break."), reverse("my_circle"), is_now=True)


def register() -> None:
    register_card(WHEN, card_of)
    register_card(MORE, card_of_now)
