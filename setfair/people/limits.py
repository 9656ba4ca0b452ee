"""What a court, a school or a person has forbidden: papers about two people who are kept apart, and conditions that one of them lives under.

A wall stands until somebody ends it. Its papers say since when it holds, until when, and what it bars; the latest counts. The last day
going by ends nothing: it still bars, and somebody looks whether it is over. So nobody meets because a date went by.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from .models import Condition, NoContact, Order

MEET, MESSAGE = Order.Bars.MEET.value, Order.Bars.MESSAGE.value


def with_papers(walls: QuerySet[NoContact]) -> QuerySet[NoContact]:
    """Each with what its latest paper says."""
    papers = Order.objects.filter(wall=OuterRef("pk")).order_by("-at", "-id")
    said: dict[str, Any] = {f"paper_{name}": Subquery(papers.values(name)[:1]) for name in ("starts_on", "until", "bars")}
    return walls.annotate(**said)


def standing(walls: QuerySet[NoContact], what: str, on: date) -> QuerySet[NoContact]:
    """Those that bar this on that day; one without a paper bars everything."""
    begun = Q(paper_starts_on=None) | Q(paper_starts_on__lte=on)
    return with_papers(walls).filter(begun, Q(paper_bars=None) | Q(paper_bars__contains=[what]), ended_at__isnull=True)


def bars(wall: Any, what: str, on: date) -> bool:
    """The same of one that was read with its papers."""
    begins, barred = getattr(wall, "paper_starts_on", None), getattr(wall, "paper_bars", None)
    return (begins is None or begins <= on) and (barred is None or what in barred)


def ran_out(wall: Any, on: date) -> date | None:
    """Its last day, if that has gone by."""
    until: date | None = getattr(wall, "paper_until", None)
    return until if until is not None and until < on else None


def conditions_of(people: Iterable[UUID]) -> QuerySet[Condition]:
    """What these people live under now, the oldest first."""
    return Condition.objects.filter(person__in=list(people), ended_at__isnull=True).order_by("at", "id")


def conditions_that_bar(people: Any, on: date) -> QuerySet[Condition]:
    """Those of these people that bar a meeting on that day; its last day going by ends none."""
    rows = Condition.objects.filter(Q(starts_on=None) | Q(starts_on__lte=on), person__in=people, ended_at__isnull=True, bars_meeting=True)
    return rows.order_by("at", "id")


def outside_hours(people: Iterable[UUID], on: date, starts: Any, ends: Any) -> Condition | None:
    """A condition of one of these people that lets them be out only at other hours than these."""
    rows = conditions_of(people).filter(Q(starts_on=None) | Q(starts_on__lte=on)).exclude(not_before=None, not_after=None)
    return next((one for one in rows if (one.not_before and starts < one.not_before) or (one.not_after and ends > one.not_after)), None)
