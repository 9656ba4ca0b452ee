"""Of whom it is never said that they are booked: it would tell of another case."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from setfair.cases.models import Assignment, Exclusion, Seal

from ..models import OfferedTime, Seat
from .needed import Needed


def hidden(case: str) -> Q:
    """Of a row whose `case` it names: one that is sealed, or from which somebody is kept out, so that not everybody may know of it."""
    live = {"case": OuterRef(case), "ended_at__isnull": True}
    return Q(Exists(Seal.objects.filter(**live))) | Q(Exists(Exclusion.objects.filter(**live)))


def unsaid(needed: Needed, after: datetime) -> frozenset[UUID]:
    """Everybody of the circle, and who of the team is wanted by a hidden case: of them it is said that they cannot come, and no more.

    The same for every reader. One query.
    """
    team = [a.facilitator.user_id for a in needed.team]
    live: dict[str, Any] = {"released_at__isnull": True, "during__endswith__gt": after, "occupant__in": team}
    offered: dict[str, Any] = {"offer__ended_at__isnull": True, "offer__held_until__gt": after}
    held = Assignment.objects.filter(
        hidden("case"), ended_at__isnull=True, facilitator__user__in=team, case__in=OfferedTime.objects.filter(**offered).values("case")
    )  # fmt: skip
    seated = Seat.objects.filter(hidden("booking__case"), **live).values_list("occupant", flat=True)
    return frozenset((*(p.person_id for p in needed.people), *seated.union(held.values_list("facilitator__user", flat=True))))
