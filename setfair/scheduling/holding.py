"""People are held while somebody books or offers them, as rooms are."""

from __future__ import annotations

from django.db import connection, transaction

from setfair.cases.models import Case

from . import queries
from .models import Seat


@transaction.atomic
def hold_people(case: Case) -> None:
    """Everyone who is needed or has a seat, in one order and after the rooms: of two who want the same people at once the second waits, and then
    sees the first.

    It comes before any seat is freed or taken: whoever frees one first and then waits for people may be waited for by them.
    """
    seated = Seat.objects.filter(booking__case=case, released_at__isnull=True).values_list("occupant", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('needed ' || who, 0)) FROM unnest(%s::text[]) who",
            [sorted({*map(str, queries.occupants(case)), *map(str, seated)})],
        )
