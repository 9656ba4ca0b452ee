"""Legal holds: placed with a reason, looked at again, lifted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import queries
from ..endings import REVIEW
from ..models import LegalHold, Lifting, Review
from .refusal import CannotKeep

OfHold = Callable[..., Any]
"""What is done to a hold that is there: `review` or `lift`."""


@transaction.atomic
def place_hold(thing: queries.Thing, *, by: Actor, reason: str, look_on: date | None = None) -> LegalHold:
    """From now on nothing of this is forgotten, whatever its rule says, until somebody lifts it. It is looked at again within 90 days."""
    queries.hold_still(thing)
    reason, day = reason.strip(), look_on or timezone.localdate() + REVIEW
    if not reason:
        raise CannotKeep(_("Please say why it is held."))
    if queries.is_held(thing):
        raise CannotKeep(_("There is a legal hold on it already."))
    _check(day)
    hold = LegalHold.objects.create(**queries.about(thing), reason=reason, look_on=day, by=by.known_id)
    record("placed_hold", hold, by=by)
    return hold


@transaction.atomic
def review(hold: LegalHold, *, by: Actor, look_on: date | None = None) -> Review:
    """It was looked at and stays."""
    _still_there(hold)
    day = look_on or timezone.localdate() + REVIEW
    _check(day)
    seen = Review.objects.create(hold=hold, look_on=day, by=by.known_id)
    record("reviewed_hold", hold, by=by)
    return seen


@transaction.atomic
def lift(hold: LegalHold, *, by: Actor) -> Lifting:
    """It has ended: the rule counts again."""
    _still_there(hold)
    lifted = Lifting.objects.create(hold=hold, by=by.known_id)
    record("lifted_hold", hold, by=by)
    return lifted


def _still_there(hold: LegalHold) -> None:
    queries.hold_still(hold.thing)
    if not queries.live_holds().filter(pk=hold.pk).exists():
        raise CannotKeep(_("This hold was lifted already."))


def _check(day: date) -> None:
    today = timezone.localdate()
    if not today < day <= today + REVIEW:
        raise CannotKeep(_("Please choose a day after today, within 90 days."))
