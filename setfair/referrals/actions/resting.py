"""A request waits for its answer, for a while that somebody named."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.programmes.own_reasons import chosen
from setfair.programmes.reasons import Step

from .. import letters, queries
from ..models import Referral, Rest
from ..refusal import CannotScreen
from ..rests import now
from ..telling import hear_of_it

LONGEST = timedelta(days=92)
"""A quarter of a year: somebody waits for an answer all that while."""


@transaction.atomic
def rest(referral: Referral, *, by: Actor, reason: str, look_on: date) -> Rest:
    """Let a request rest until a day. Whoever asked is told that there is news, and reads the day, never the reason.

    A worry about safety does not rest (`CannotScreen`). With another day or reason
    it rests anew; said twice alike, nothing is written and nobody is told again.
    """
    if not queries.lock(referral).is_open:
        raise CannotScreen(_("This has been answered already."))
    if referral.safety_worry:
        raise CannotScreen(_("They are worried that someone could get hurt. That does not wait."))
    why = chosen(Step.REST, reason)
    if why is None:
        raise CannotScreen(_("Please choose why it waits. Only the team sees it."))
    today = timezone.localdate()
    if not today < look_on <= today + LONGEST:
        raise CannotScreen(_("Please choose a day after today, within three months."))
    if referral.deadline is not None and today < referral.deadline < look_on:
        raise CannotScreen(_("They need an answer before that day. Please choose an earlier one."))
    there = now(referral=referral).select_related("own").first()
    if there is not None and (there.look_on, there.reason, there.own) == (look_on, why["reason"], why["own"]):
        return there
    _end(referral)
    resting = Rest.objects.create(referral=referral, **why, look_on=look_on, by=by.known_id)
    record("request_rests", referral, by=by)
    if there is None or there.look_on != look_on:
        hear_of_it(referral, by, letters.news, about=f"request-rests:{resting.pk}")
    return resting


@transaction.atomic
def take_up(referral: Referral, *, by: Actor) -> Referral:
    """Somebody answers it after all before the day. Taken up twice, it is taken up once."""
    queries.lock(referral)
    if _end(referral):
        record("request_went_on", referral, by=by)
    return referral


def _end(referral: Referral) -> int:
    return referral.rests.filter(ended_at__isnull=True).update(ended_at=clock.now())
