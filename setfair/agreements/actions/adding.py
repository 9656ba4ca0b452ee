"""An agreement beside another one of the same case."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import queries
from ..checks import CannotWrite, check_both_sides_go_on
from ..journey import Stage
from ..models import Agreement


@transaction.atomic
def agree_more(agreement: Agreement, *, by: Actor) -> Agreement:
    """Begin another agreement beside this one, which stays as it is: nothing in it is changed, and nobody signs it again.

    It comes from the last circle, once that is over, or from what they wrote or sent, and has versions, names and an end of its own. Asked
    twice, also by two at once, it gives back the one that is being written. Raises `CannotWrite` before there is anything beside which it could
    stand, and where they do not meet and somebody of either side has stopped.
    """
    locked = queries.lock(agreement)
    there = queries.live(locked.case)
    begun = next((one for one in there if one.stage == Stage.DRAFTING and one.follows_id is None and one.number != locked.number), None)
    if begun is not None:
        return begun
    over = queries.ended(locked.case)
    if locked.stage not in (Stage.SIGNING, Stage.IN_FORCE) or over is None:
        raise CannotWrite(_("Something more is written once this one is there to be signed, or holds, and the meeting is over."))
    if over.conference is None:
        check_both_sides_go_on(locked.case)
    number = queries.every(locked.case)[0].number + 1
    fresh = Agreement.objects.create(case_id=locked.case_id, conference=over.conference, number=number)
    record("agreed_more", fresh, by=by, version=fresh.version, number=number)
    return fresh
