from __future__ import annotations

from uuid import UUID

from setfair.cases.models import Participation
from setfair.files.journey import THERE
from setfair.files.models import File

from ..models import Agreement, Scan, Signature


def scans(agreement: Agreement) -> dict[UUID, File]:
    """The sheet that shows somebody's signature, by whose it is: the latest that was not taken away."""
    found = Scan.objects.filter(agreement=agreement, file__stage__in=THERE).select_related("file").order_by("at", "id")
    return {scan.participation_id: scan.file for scan in found}


def signed_on_paper(agreement: Agreement) -> list[Participation]:
    """Whoever signed these words with a pen."""
    theirs = Signature.objects.filter(agreement=agreement, method=Signature.Method.PAPER).values("participation")
    return list(Participation.objects.filter(pk__in=theirs).select_related("person").order_by("added_at", "id"))
