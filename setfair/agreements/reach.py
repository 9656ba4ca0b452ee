"""How far a promise reaches: who of those who sign reads its words (decision 161)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import ngettext

from setfair.cases.models import Participation, Role

from .models import Item, Reach

Laid = dict[str, Any]


def concerned(item: Item) -> set[UUID]:
    """Who makes it, whom it is for and who of the circle looks at it."""
    return {p.pk for p in (*item.owners, item.owed_to, item.checker) if p is not None}


def laid_down(item: Item) -> dict[str, list[str]]:
    """What the words that are signed say of it: nothing where everyone in the circle reads it."""
    return {"concerns": sorted(str(pk) for pk in concerned(item))} if item.reach == Reach.SOME else {}


def places_of(me: Participation) -> set[UUID]:
    """For whom somebody reads: for themselves, and for a young person for whom they decide."""
    decides = me.role == Role.GUARDIAN and me.has_authority and me.stands_by is not None and not me.stands_by.decides_alone
    return {me.pk, me.stands_by_id} if decides and me.stands_by_id else {me.pk}


def reaches(item: Item, me: Participation) -> bool:
    """Whether this person reads it. The database asks the same (`agreements_reaches`)."""
    return item.reach == Reach.ALL or bool(concerned(item) & places_of(me))


def read_by(items: list[Laid], me: Participation | None) -> list[Laid]:
    """Of promises as they were laid out, those whose words somebody of the circle reads; the team, which is nobody of it, reads all."""
    if me is None or not any("concerns" in item for item in items):
        return items
    theirs = {str(pk) for pk in places_of(me)}
    return [item for item in items if theirs & set(item.get("concerns", theirs))]


def has_outgrown(me: Participation, moment: datetime) -> bool:
    """Whether somebody read for a young person at that moment who is 18 since: from then on they read what every other reader reads."""
    return me.role == Role.GUARDIAN and me.stands_by is not None and me.stands_by.has_outgrown(moment)


def outgrown(items: list[Laid], me: Participation, moment: datetime) -> set[str]:
    """The keys of promises, as they were laid out, that somebody read at that moment for such a young person alone."""
    if not has_outgrown(me, moment):
        return set()
    theirs, own = str(me.stands_by_id), str(me.pk)
    return {item["id"] for item in items if theirs in item.get("concerns", ()) and own not in item["concerns"]}


def between_others(many: int) -> str:
    """All that is said of promises to those whom they do not concern; nothing where there are none."""
    words = ngettext("One more promise is between others here.", "%(n)d more promises are between others here.", many)
    return words % {"n": many} if many else ""
