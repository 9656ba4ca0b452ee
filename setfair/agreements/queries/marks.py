"""What the others in the circle read of the names under an agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from setfair.vault import ring

from ..models import Agreement, Signature
from .remarks import let_pass, remarks
from .renewing import carried
from .signing import called


@dataclass(frozen=True)
class Mark:
    """What the others read of a signature: the name fixed with the words, the day, and the version it was given to if that is another one.

    What was typed, the hour and the way are the team's. `words` stand under it if they chose that all read them, somebody of the team let
    them pass (`let_pass`), and they are still here.
    """

    whose: UUID
    name: str
    day: date
    since: int | None = None
    words: str = ""


def marks(agreement: Agreement) -> list[Mark]:
    """Who has signed, by name: their order does not say who was first."""
    given = Signature.objects.filter(agreement=agreement).select_related("participation__person")
    rows = carried(agreement).select_related("signature__agreement", "signature__participation__person")
    found = [*((s, None) for s in given), *((c.signature, c.signature.agreement.version) for c in rows)]
    ring.gather([agreement.case_id, *(s.participation.person_id for s, _since in found)])
    shown = {whose: row for whose, row in remarks(agreement).items() if row.shown}
    let = let_pass(agreement) if shown else set()
    said = {whose: row.words for whose, row in shown.items() if row.pk in let}
    every = [
        Mark(p.pk, called(agreement, p), timezone.localdate(s.at), since, said.get(p.pk, "") if since is None and p.left_at is None else "")
        for s, since in found
        if (p := s.participation)
    ]
    return sorted(every, key=lambda mark: mark.name.casefold())
