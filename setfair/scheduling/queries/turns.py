"""How often somebody held a circle, and as what: read from the seats that were held, not counted up somewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from setfair.cases.models import Assignment, Seal

from ..candidates import Turn
from ..models import Seat
from .unsaid import hidden


def turns_of(users: Iterable[UUID], *, for_all: bool = False) -> dict[UUID, list[Turn]]:
    """By user, in their order: the circles they held and those they are to hold. Two queries, however many they are.

    `for_all` leaves out what lies under a seal: what everybody may read tells nothing of that.
    A time that was given back before it came is no turn; one that was broken off after it had begun is.
    """
    known = list(users)
    held = Q(released_at__isnull=True) | Q(released_at__gt=F("during__startswith"))
    seen = Seat.objects.filter(held, occupant__in=known)
    if for_all:
        seen = seen.exclude(booking__case__in=Seal.objects.filter(ended_at__isnull=True).values("case"))
    seen = seen.annotate(unsaid=ExpressionWrapper(hidden("booking__case"), BooleanField()))
    seats = list(seen.order_by("during").values_list("occupant", "during", "booking__case", "unsaid"))
    parts: dict[tuple[UUID, UUID], str] = {}
    rows = Assignment.objects.filter(facilitator__user__in=known, case__in={case for _who, _during, case, _unsaid in seats}).order_by("since", "id")
    for user, case, part in rows.values_list("facilitator__user", "case", "part"):
        parts[user, case] = part
    found: dict[UUID, list[Turn]] = defaultdict(list)
    for who, during, case, unsaid in seats:
        if (who, case) in parts:
            found[who].append(Turn((during.lower, during.upper), parts[who, case], unsaid))
    return dict(found)
