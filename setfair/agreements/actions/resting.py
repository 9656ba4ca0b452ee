from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import letters, queries
from ..checks import CannotSign
from ..journey import Stage
from ..models import LONGEST, Agreement, Rest


@transaction.atomic
def sleep_on_it(agreement: Agreement, *, by: Actor, participation: Participation, until: date) -> Rest:
    """Write down that this person wants to sleep on it, and send them a word on that day. The team sees it; nobody else is told.

    Nothing ends by it, and they can sign or say no before. Said again, the later day counts.
    """
    locked = queries.lock(agreement)
    if locked.stage != Stage.SIGNING or not queries.still_to_sign(locked).filter(pk=participation.pk).exists():
        raise CannotSign(_("This cannot be signed just now. Nothing is asked of you."))
    today = clock.local(clock.now(), locked.case.programme.zone).date()
    if not today < until <= today + LONGEST:
        raise CannotSign(_("Please choose a day in the next three weeks."))
    letters.let_rest_go(locked, participation, by=by)
    rest = Rest.objects.create(agreement=locked, participation=participation, case_id=locked.case_id, until=until)
    letters.ask_after_a_rest(rest, by=by)
    record("sleeps_on_it", agreement, by=by)
    return rest
