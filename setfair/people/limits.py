"""What a court, a school or a person has forbidden: papers about two who are kept apart, and conditions that one of them lives under.

A wall stands until somebody ends it. Its papers say since when it holds, until when, and what it bars; it bars unless each of them that
counts lets it. The last day going by ends nothing: it still bars, and somebody looks whether it is over. So nobody meets because a date
went by, or because a paper came later. On which days a wall bars what, only the database knows (`people_barred_days`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value

from .models import Condition, NoContact, Order, OrderEnd

MEET, MESSAGE = Order.Bars.MEET.value, Order.Bars.MESSAGE.value
DAYS = "barred_days_of_"


class BarredDays(Func):
    """The days on which a wall bars this, as the spans of a multirange."""

    function = "people_barred_days"
    output_field = DateField()

    def __init__(self, what: str) -> None:
        super().__init__(F("programme_id"), F("pk"), Value(what))

    def get_db_converters(self, connection: Any) -> list[Any]:
        """Spans, and no day."""
        return []


class Holds(Func):
    """That a day is one of these days."""

    output_field = BooleanField()
    template, arg_joiner = "%(expressions)s", " @> "


def with_papers(walls: QuerySet[NoContact]) -> QuerySet[NoContact]:
    """Each with the days on which it bars what, and with the last day of its papers, if each of those that count has one."""
    last = Order.objects.filter(wall=OuterRef("pk"), ends=None).order_by(F("until").desc(nulls_first=True)).values("until")[:1]
    return walls.annotate(paper_until=Subquery(last), **{f"{DAYS}{what}": BarredDays(what) for what in (MEET, MESSAGE)})


def barring(what: str, on: date) -> Q:
    """True of a wall that bars this on that day; one without a paper bars everything."""
    return Q(Holds(BarredDays(what), Value(on)))


def standing(walls: QuerySet[NoContact], what: str, on: date) -> QuerySet[NoContact]:
    """Those that bar this on that day, and that nobody has ended."""
    return walls.filter(barring(what, on), ended_at__isnull=True)


def bars(wall: Any, what: str, on: date) -> bool:
    """The same of one that was read with its papers."""
    return any(on in span for span in getattr(wall, f"{DAYS}{what}"))


def ran_out(wall: Any, on: date) -> date | None:
    """Its last day, if that has gone by."""
    until: date | None = wall.paper_until
    return until if until is not None and until < on else None


def papers_of(walls: Iterable[NoContact], on: date) -> QuerySet[Order]:
    """Those that count, the oldest first; one whose place another takes is among them until that one begins to hold."""
    over = OrderEnd.objects.filter(order=OuterRef("pk"), from_day__lte=on)
    return Order.objects.filter(~Exists(over), wall__in=list(walls)).order_by("at", "id")


def conditions_of(people: Iterable[UUID]) -> QuerySet[Condition]:
    """What these people live under now, the oldest first."""
    return Condition.objects.filter(person__in=list(people), ended_at__isnull=True).order_by("at", "id")


def conditions_that_bar(people: Any, on: date) -> QuerySet[Condition]:
    """Those of these people that bar a meeting on that day; its last day going by ends none."""
    rows = Condition.objects.filter(Q(starts_on=None) | Q(starts_on__lte=on), person__in=people, ended_at__isnull=True, bars_meeting=True)
    return rows.order_by("at", "id")


def with_hours(people: Iterable[UUID]) -> QuerySet[Condition]:
    """Those that let one of these people be out only at some hours."""
    return conditions_of(people).exclude(not_before=None, not_after=None)


def outside_hours(people: Iterable[UUID], on: date, starts: Any, ends: Any) -> Condition | None:
    """A condition of one of these people that lets them be out only at other hours than these."""
    rows = with_hours(people).filter(Q(starts_on=None) | Q(starts_on__lte=on))
    return next((one for one in rows if (one.not_before and starts < one.not_before) or (one.not_after and ends > one.not_after)), None)
