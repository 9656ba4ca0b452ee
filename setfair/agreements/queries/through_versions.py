"""The same promise through the versions of an agreement, and what was asked of it in any of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from setfair.core import clock

from ..models import Evidence, Item

MOST_ASKED = 2
"""So often whoever called a promise done is asked for a little more; then somebody talks with them."""


def now_of(items: list[Item]) -> dict[UUID, UUID]:
    """Each of these, and what it was in the versions before for as long as nobody put it in other words, by which of these it is."""
    known = {item.pk: item.pk for item in items}
    if any(item.follows_id for item in items):
        rows = Item.objects.filter(case_id=items[0].case_id).values_list("pk", "follows_id", "edition")
        before = {pk: follows for pk, follows, edition in rows if edition == 1}
        for item in items:
            was = before.get(item.pk)
            while was is not None:
                known[was], was = item.pk, before.get(was)
    return known


def root_of(item: Item) -> UUID:
    """The first of the same promises, back through the versions for as long as nobody put it in other words."""
    if item.follows_id is None or item.edition > 1:
        return item.pk
    return list(now_of([item]))[-1]


def askings(item: Item) -> int:
    """How often somebody looked at it and asked for a little more, in this version and before."""
    return _asked(item).count()


def asked_since(item: Item, day: date) -> bool:
    """Whether somebody asked for a little more on that day or after it: then no letter goes by itself about what was due. `promises_due` asks the
    same."""
    return _asked(item).filter(at__gte=clock.at(day, 0, 0, item.case.programme.zone)).exists()


def _asked(item: Item) -> QuerySet[Evidence]:
    return Evidence.objects.filter(item__in=list(now_of([item])), asks=True)
