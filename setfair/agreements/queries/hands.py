from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from setfair.cases.models import Participation
from setfair.files.models import File
from setfair.vault import ring

from .. import names
from ..models import Agreement, Concern, Rest, Signature
from .scanning import scans
from .signing import rests, signatures, signers


@dataclass(frozen=True)
class Hand:
    """One person's place under the agreement."""

    participation: Participation
    signature: Signature | None
    concern: Concern | None
    rest: Rest | None = None
    scan: File | None = None

    @property
    def on_paper(self) -> bool:
        return self.signature is not None and self.signature.method == Signature.Method.PAPER

    @property
    def signed_at(self) -> datetime | None:
        return self.signature.at if self.signature else None

    @property
    def how(self) -> str:
        return str(self.signature.get_method_display()) if self.signature else ""

    @property
    def typed(self) -> str:
        """What they wrote as their name."""
        return self.signature.typed_name if self.signature else ""

    @property
    def wrote_otherwise(self) -> bool:
        return self.signature is not None and not names.is_theirs(self.signature.typed_name, self.participation.person)


def hands(agreement: Agreement) -> list[Hand]:
    """Everyone who signs or has signed, with their signature or their last worry; for the team alone, since nobody else learns who."""
    named = Q(pk__in=signers(agreement).values("pk")) | Q(pk__in=Signature.objects.filter(agreement=agreement).values("participation"))
    people = list(Participation.objects.filter(named).select_related("person").order_by("added_at", "id"))
    ring.gather([agreement.case_id, *(p.person_id for p in people)])
    signed = {s.participation_id: s for s in signatures(agreement)}
    worried = {c.participation_id: c for c in Concern.objects.filter(agreement=agreement).order_by("at", "id")}
    resting, sheets = rests(agreement), scans(agreement)
    return [
        Hand(p, signed[p.pk], None, None, sheets.get(p.pk)) if p.pk in signed else Hand(p, None, worried.get(p.pk), resting.get(p.pk)) for p in people
    ]
