from __future__ import annotations

import hashlib
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.programmes.speaking import in_language
from setfair.seals.sealing import sealed

from .. import genuine, paper, queries
from ..journey import Stage
from ..models import Agreement, LastingCopy


@transaction.atomic
def make_copies(agreement: Agreement, *, by: Actor) -> list[LastingCopy]:
    """Everyone's own copy of what holds, and the team's: each drawn once, sealed and kept, so that it is the same bytes for good.

    Done again it makes what is missing, and where a spelling was put right since, another one beside it.
    A copy that cannot be drawn is not made; the row says what of it could not.
    """
    locked = queries.lock(agreement)
    if locked.stage != Stage.IN_FORCE:
        return []
    told = queries.told_of(locked)
    there = set(LastingCopy.objects.filter(agreement=locked, told=told).values_list("participation", flat=True))
    people: list[Participation | None] = [*queries.signers(locked).select_related("person"), None]
    with timezone.override(locked.case.programme.zone):
        made = [_made(locked, person, told) for person in people if (person.pk if person else None) not in there]
    if made:
        record("sealed_copies", agreement, by=by)
    return made


def _made(agreement: Agreement, whose: Participation | None, told: int) -> LastingCopy:
    language = whose.person.language if whose else agreement.case.programme.language
    key = uuid4()
    code = genuine.code_of(key)
    facts = {"id": key, "agreement": agreement, "participation": whose, "case_id": agreement.case_id, "language": language, "told": told}
    with in_language(language):
        try:
            drawn = paper.to_last(agreement, of=whose, code=code)
        except paper.CannotPrint as reason:
            return LastingCopy.objects.create(**facts, undrawn="\n".join(reason.words))
    file, seal = sealed(drawn)
    return LastingCopy.objects.create(**facts, file=file, digest=hashlib.sha256(file).hexdigest(), seal=seal, code_digest=genuine.traced(code))
