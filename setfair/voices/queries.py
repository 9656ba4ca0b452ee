"""What people of a case said that they hope for. Read again at the end, beside what came of it."""

from __future__ import annotations

from setfair.cases.models import Case, Participation

from .models import Hope


def hope_of(me: Participation) -> Hope | None:
    """Their latest word on it."""
    return Hope.objects.filter(participation=me).order_by("at", "id").last()


def hopes(case: Case) -> list[Hope]:
    """The latest of each who is in the circle and said something, in the order in which they came to it."""
    rows = Hope.objects.filter(case=case, participation__left_at__isnull=True).select_related("participation__person").order_by("at", "id")
    latest = {row.participation_id: row for row in rows}
    said = [row for row in latest.values() if row.goals or row.words]
    return sorted(said, key=lambda row: (row.participation.added_at, str(row.participation_id)))
