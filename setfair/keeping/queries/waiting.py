"""What the clock has to look at: closed, and its day near or here. Who decides is asked again for each, with the row locked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.letters.models import CameBack
from setfair.referrals.models import Referral

from ..endings import OF_CASES, WARNED, Group
from .askings import is_promised, promised
from .due import ENDS, Thing, forget_on, noticed
from .postponed import postponed_by
from .rules import days_of, rules

A_DAY = timedelta(days=1)


def to_tell() -> Iterator[Thing]:
    """What is to be forgotten within two weeks, and nobody was told of it; not while something puts it off."""
    soon = timezone.localdate() + WARNED
    for thing in _old_enough(WARNED + A_DAY):
        day = forget_on(thing)
        if day is not None and day <= soon and noticed(thing) is None and not postponed_by(thing):
            yield thing


def to_forget() -> Iterator[Thing]:
    """What was told of, whose day is here and that nothing puts off; and requests of which somebody was promised that they go."""
    today = timezone.localdate()
    yield from (request for request in promised() if not postponed_by(request))
    for thing in _old_enough(A_DAY):
        notice = noticed(thing)
        if notice is not None and notice.forget_on <= today and not is_promised(thing) and not postponed_by(thing):
            yield thing


def strays_to_forget() -> Iterator[CameBack]:
    """Messages that fit nobody and have lain for as long as the programme's rule says, read or not."""
    yield from strays().filter(at__lt=timezone.now() - timedelta(days=days_of(Group.STRAY))).order_by("at", "id")


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
