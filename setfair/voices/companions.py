"""Whom somebody would like beside them: named in their own words, looked at by the team, and tied to whoever chose them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from setfair.cases import queries as cases
from setfair.cases.models import Case, Participation, Role
from setfair.cases.told import Told, way_of

from .models import Companion, CompanionEnd

CHOOSES = (Role.HARMED, Role.RESPONSIBLE, Role.AFFECTED)
"""Whoever is here for themselves; those who stand by somebody choose nobody."""
MOST = 5
"""So many at once: more are named when these were looked at."""


def may_choose(me: Participation) -> bool:
    return me.role in CHOOSES and me.left_at is None


def waiting() -> QuerySet[Companion]:
    """Those of whom nobody has said yet what became of it."""
    return Companion.objects.filter(~Exists(CompanionEnd.objects.filter(companion=OuterRef("pk"))))


@dataclass(frozen=True)
class Named:
    """One of them, as whoever chose them sees it."""

    companion: Companion
    told: str
    words: str
    waits: bool


def chosen_by(me: Participation) -> list[Named]:
    """In the order in which they were named."""
    rows = list(Companion.objects.filter(participation=me).order_by("at", "id"))
    ends = {end.companion_id: end for end in CompanionEnd.objects.filter(companion__in=rows).select_related("place").order_by("at", "id")}
    return [_named(row, ends.get(row.pk)) for row in rows]


def _named(row: Companion, end: CompanionEnd | None) -> Named:
    if end is None:
        return Named(row, _("We look at it, and talk with you."), "", True)
    if end.how == CompanionEnd.How.SEATED:
        gone = end.place is not None and end.place.left_at is not None
        return Named(row, _("They are not part of it any more.") if gone else _("They have a place beside you. We meet them first."), "", False)
    told = _("You took it back.") if end.how == CompanionEnd.How.BACK else _("This does not work. You can name somebody else.")
    return Named(row, told, str(end.words), False)


def my_companion(me: Participation, key: UUID) -> Companion:
    return get_object_or_404(Companion, pk=key, participation=me)


def places_beside(companion: Companion) -> list[Participation]:
    """Those of the circle who stand by whoever chose them."""
    return [p for p in cases.circle(companion.case) if p.stands_by_id == companion.participation_id]


def told(case: Case) -> list[Told]:
    """As a form about each of them would begin."""
    rows = waiting().filter(case=case, participation__left_at__isnull=True).order_by("at", "id")
    return [Told(0, str(row.name), Role.SUPPORTER, not row.may_write, _words(row)) for row in rows]


def _words(row: Companion) -> dict[str, str]:
    return {"stands_by": str(row.participation_id)} | (way_of(str(row.reach)) if row.may_write else {})
