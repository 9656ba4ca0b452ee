from __future__ import annotations

from uuid import UUID

from ..models import Agreement, Remark


def remarks(agreement: Agreement) -> dict[UUID, Remark]:
    """By whose it is, what stands under each name that was given to just this version."""
    rows = Remark.objects.filter(signature__agreement=agreement).select_related("signature").order_by("at", "id")
    latest = {row.signature.participation_id: row for row in rows}
    return {whose: row for whose, row in latest.items() if row.words}
