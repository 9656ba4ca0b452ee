"""A circle that was held with the run sheet in the hand, typed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..journey import Stage
from ..models import Conference, Ending
from .arriving import mark_attendance, welcome
from .circle import adjourn, conclude, convene
from .refusals import CannotGoOn
from .standing import held_stage
from .turning import turn_page


@transaction.atomic
def type_back(
    conference: Conference, *, by: Actor, came: Mapping[Participation, bool], began: datetime, ended: datetime,
    pages: Sequence[tuple[int, datetime]] = (), reason: str = "", how: str = Ending.How.ADJOURNED,
) -> Conference:  # fmt: skip
    """Who came, the pages and both moments as they stand on the sheet, each as the act it was. Without a `reason` it was finished.

    Only of a circle that nobody began on a screen: what a screen knows is not written over by paper.
    """
    if held_stage(conference) != Stage.PLANNED:
        raise CannotGoOn(_("This meeting was begun on a screen already. Please go on there."))
    moments = [began, *(at for _page, at in pages), ended]
    if moments != sorted(moments) or ended > clock.now() or began < conference.planned_at:
        raise CannotGoOn(_("Please check the times: they follow one another, and none lies ahead."))
    for participation, is_here in came.items():
        if is_here:
            welcome(conference, participation, by=by, at=began)
        else:
            mark_attendance(conference, participation, by=by, came=False, at=began)
    convene(conference, by=by, at=began)
    for page, at in pages:
        turn_page(conference, by=by, page=page, at=at)
    record("typed_back", conference, by=by)
    if reason:
        return adjourn(conference, by=by, reason=reason, how=how, at=ended)
    return conclude(conference, by=by, at=ended)
