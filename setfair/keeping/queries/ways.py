"""When the ways to somebody who asked to be forgotten are taken away: not before they have the answer."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.core import clock
from setfair.letters.journey import NOT_GONE
from setfair.letters.models import Letter
from setfair.people.models import Contact, WayWish

from ..asked import How, Wants, Why
from ..models import Answer
from .held import live_holds

WAITED_FOR = timedelta(days=30)
"""So long an answer that has not gone keeps the ways to its reader."""


def ways_to_take() -> list[Answer]:
    """Answers by which the ways to somebody go, and nothing is in the way of it any more."""
    known = Contact.objects.filter(person=OuterRef("asking__participation__person"), added_at__lte=OuterRef("at"))
    wished = WayWish.objects.filter(person=OuterRef("asking__participation__person"), at__lte=OuterRef("at"))
    rows = _ripe().filter(Exists(known) | Exists(wished) | Q(asking__referral__isnull=False))
    return list(rows.select_related("asking__participation", "asking__referral").order_by("at", "id"))


def may_take_ways(said: Answer) -> bool:
    """Whether it takes them away at all, and it does so now: the letter that says it has gone, and neither a hold nor another case needs them."""
    return _ripe().filter(pk=said.pk).exists()


def _ripe() -> QuerySet[Answer]:
    person, case, request = (OuterRef(f"asking__{name}") for name in ("participation__person", "participation__case", "referral"))
    to_them = Q(reader_id=person) | Q(reader_id=request)
    waiting = Letter.objects.filter(to_them, key__startswith="answered:", stage__in=NOT_GONE, made_at__gte=clock.now() - WAITED_FOR)
    held = live_holds().filter(Q(case=case) | Q(referral__cases=case) | Q(referral=request) | Q(case__referral=request))
    elsewhere = Participation.objects.filter(person=person, left_at__isnull=True).exclude(case=case).exclude(case__stage=Stage.CLOSED)
    rows = Answer.objects.filter(how=How.PARTLY, asking__wants=Wants.FORGET).exclude(why=Why.ELSEWHERE)
    return rows.filter(~Exists(waiting), ~Exists(held), ~Exists(elsewhere))
