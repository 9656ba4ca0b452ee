from __future__ import annotations

from uuid import UUID

from setfair.cases.models import Participation

from ..models import Agreement, Remark, Signature
from .standing import live


def remarks(agreement: Agreement) -> dict[UUID, Remark]:
    """By whose it is, what stands under each name that was given to just this version."""
    rows = Remark.objects.filter(signature__agreement=agreement).select_related("signature").order_by("at", "id")
    latest = {row.signature.participation_id: row for row in rows}
    return {whose: row for whose, row in latest.items() if row.words}


def signed_in_hand(participation: Participation, which: UUID | None = None) -> Signature | None:
    """Their signature under what goes on in this case; where several agreements do, only under the one that is named."""
    there = [one for one in live(participation.case) if which in (None, one.pk)]
    only = there[0] if len({one.number for one in there}) == 1 else None
    return Signature.objects.filter(participation=participation, agreement=only).first()
