"""When the ways to somebody who asked to be forgotten are taken away: not before they have the answer."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.letters.journey import NOT_GONE
from setfair.letters.models import Letter
from setfair.people.models import Contact

from ..asked import How, Wants, Why
from ..models import Answer
from .askings import Whose, stands_elsewhere, thing_of
from .held import is_held

WAITED_FOR = timedelta(days=30)
"""So long an answer that has not gone keeps the ways to its reader."""


def ways_to_take() -> list[Answer]:
    """Answers by which the ways to somebody go, and nothing is in the way of it any more."""
    known = Contact.objects.filter(person=OuterRef("asking__participation__person"), added_at__lte=OuterRef("at"))
    rows = Answer.objects.filter(Exists(known) | Q(asking__referral__isnull=False), how=How.PARTLY, asking__wants=Wants.FORGET)
    return [row for row in rows.select_related("asking").order_by("at", "id") if may_take_ways(row)]


def may_take_ways(said: Answer) -> bool:
    """Whether it takes them away at all, and it does so now: the letter that says it has gone, and neither a hold nor another case needs them."""
    if said.how != How.PARTLY or said.asking.wants != Wants.FORGET or said.why == Why.ELSEWHERE:
        return False
    whose = said.asking.whose
    return not (_has_to_hear(whose) or is_held(thing_of(whose)) or stands_elsewhere(whose))


def _has_to_hear(whose: Whose) -> bool:
    reader = whose.person_id if isinstance(whose, Participation) else whose.pk
    waiting = Letter.objects.filter(reader_id=reader, key__startswith="answered:", stage__in=NOT_GONE)
    return waiting.filter(made_at__gte=clock.now() - WAITED_FOR).exists()
