"""Hours that are promised before anything is booked: somebody of a team is asked to help then, or has said that they will."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.cases.journey import Stage
from setfair.cases.models import Case, Duty
from setfair.core import clock

from ..models import Booking
from ..solver import Span
from .complete import stands


def promised() -> QuerySet[Duty]:
    """What lies ahead, of cases that have no time yet, and can still be answered or was answered with a yes that stands."""
    now = clock.now()
    booked = Booking.objects.filter(case=OuterRef("case"), released_at__isnull=True)
    alive = Q(answer="", until__gt=now) | Q(stands(), answer=Duty.Answer.YES)
    return Duty.objects.filter(alive, ~Exists(booked), case__stage__in=(Stage.PREPARING, Stage.READY), starts_at__gt=now)


def promised_spans(case: Case, occupants: Collection[UUID]) -> dict[UUID, list[Span]]:
    """By the id that a seat holds: hours promised in other cases, to who is asked, to the circle and to its team. Never in which. One query."""
    others, found = promised().exclude(case=case), defaultdict[UUID, list[Span]](list)
    people = Q(case__participations__left_at__isnull=True, case__participations__person__in=occupants)
    helpers = Q(case__assignments__ended_at__isnull=True, case__assignments__facilitator__user__in=occupants)
    to_them = others.filter(facilitator__user__in=occupants).values_list("facilitator__user", "starts_at", "minutes")
    with_them = others.filter(people).values_list("case__participations__person", "starts_at", "minutes")
    beside = others.filter(helpers).values_list("case__assignments__facilitator__user", "starts_at", "minutes")
    for who, starts_at, minutes in to_them.union(with_them, beside):
        found[who].append((starts_at, starts_at + timedelta(minutes=minutes)))
    return found
