from __future__ import annotations

from uuid import UUID

from django.db import connection

from setfair.cases.models import Participation

from ..models import Agreement, LastingCopy


def copy_to_keep(agreement: Agreement, whose: Participation | None = None) -> bytes:
    """The sealed copy of somebody, or the team's; empty until it is made."""
    copy = LastingCopy.objects.filter(agreement=agreement, participation=whose).first()
    return bytes(copy.file) if copy is not None else b""


def without_copies(most: int) -> list[tuple[UUID, UUID]]:
    """Programme and agreement, ids only, of what holds in any programme and has no copy of the team's yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, agreement_id FROM copies_due(%s)", [most])
        return list(cursor.fetchall())
