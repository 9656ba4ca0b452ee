"""What the clock has to look at: closed, and its day near or here. Who decides is asked again for each, with the row locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.letters.models import CameBack
from setfair.referrals.models import Referral
from setfair.safety.models import Alarm, Step

from ..endings import OF_CASES, WARNED, Group
from .askings import promised
from .due import ENDS, Term, Thing, terms
from .postponed import postponed
from .rules import days_of, rules

A_DAY = timedelta(days=1)
MANY = 500
"""So many are asked about at once: the number of questions grows by a few for each such batch, and not for each row."""


def to_tell() -> Iterator[Thing]:
    """What is to be forgotten within two weeks, and nobody was told of it; not while something puts it off."""
    soon = timezone.localdate() + WARNED
    yield from _of_these(_old_enough(WARNED + A_DAY), lambda term: term.day <= soon and term.notice is None)


def to_forget() -> Iterator[Thing]:
    """What was told of, whose day is here and that nothing puts off; and requests of which somebody was promised that they go."""
    going = promised()
    put_off, here = postponed(going), {request.pk for request in going}
    yield from (request for request in going if request.pk not in put_off)
    today: date = timezone.localdate()
    others = (thing for thing in _old_enough(A_DAY) if thing.pk not in here)
    yield from _of_these(others, lambda term: term.notice is not None and term.notice.forget_on <= today)


def _of_these(things: Iterator[Thing], fits: Callable[[Term], bool]) -> Iterator[Thing]:
    """Those that fit, and that nothing puts off."""
    while batch := list(islice(things, MANY)):
        known = terms(batch)
        chosen = [thing for thing in batch if thing.pk in known and fits(known[thing.pk])]
        put_off = postponed(chosen)
        yield from (thing for thing in chosen if thing.pk not in put_off)


def strays_to_forget() -> Iterator[CameBack]:
    """Messages that fit nobody and have lain for as long as the programme's rule says, read or not."""
    yield from strays().filter(at__lt=timezone.now() - timedelta(days=days_of(Group.STRAY))).order_by("at", "id")


def alarms_to_forget() -> Iterator[Alarm]:
    """Those of no case and of no request that ended a year ago; the others go with what they are of."""
    over = Step.objects.filter(alarm=OuterRef("pk"), code=Step.Code.CLOSED, at__lt=timezone.now() - timedelta(days=365))
    yield from Alarm.objects.filter(Exists(over), case__isnull=True, referral__isnull=True).order_by("at", "id")


def strays() -> QuerySet[CameBack]:
    return CameBack.objects.filter(reader_id__isnull=True)


def every_programme() -> list[UUID]:
    """All programmes of this server, by id: the clock walks through them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        return [programme_id for (programme_id,) in cursor.fetchall()]


def _old_enough(ahead: timedelta) -> Iterator[Thing]:
    """Closed ones that have been so for as long as the shortest rule of their kind asks, or nearly; each is looked at by its own rule afterwards."""
    kept, now = rules(), timezone.now() + ahead
    shortest = min(kept[group] for group in OF_CASES)
    cases = Case.objects.filter(stage=Stage.CLOSED, closures__at__lte=now - timedelta(days=shortest))
    yield from cases.select_related("programme", "referral").order_by("opened_at", "id")
    brief = min(kept[Group.DECLINED], kept[Group.TAKEN_BACK])
    requests = Referral.objects.filter(stage__in=ENDS, received_at__lte=now - timedelta(days=brief))
    yield from requests.select_related("programme").order_by("received_at", "id")
