"""A break is wished for, and heard."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor, system
from setfair.journal.actions import place, record

from .. import queries
from ..journey import Stage
from ..models import BreakWish, Conference, WishHeard
from .refusals import CannotGoOn
from .standing import held_stage


@transaction.atomic
def wish_a_break(conference: Conference, *, by: Actor) -> None:
    """The team sees that somebody would like one; a second wish is the same one.

    Nothing of `by` is written down, here or in the journal, nor from where.
    """
    if held_stage(conference) != Stage.LIVE:
        raise CannotGoOn(_("This meeting is over."))
    if queries.has_wish(conference):
        return
    wish = BreakWish.objects.create(conference=conference)
    nowhere = place.set(("", ""))
    try:
        record("wished_break", wish, by=system(conference.programme.pk))
    finally:
        place.reset(nowhere)


@transaction.atomic
def hear_wish(conference: Conference, *, by: Actor) -> None:
    """Somebody of the team has read it, and calls a break for all when it is good."""
    if held_stage(conference) == Stage.LIVE and queries.has_wish(conference):
        record("heard_wish", WishHeard.objects.create(conference=conference, by=by.known_id), by=by)
