from __future__ import annotations

import hashlib
from uuid import uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from setfair.cases.models import Participation
from setfair.cases.queries import here
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

    Done again it makes what is missing, and another one beside it for each who reads something in it that was not there before: a spelling
    that was put right, something that was put into their language, or words under a name.
    A copy that cannot be drawn is not made; the row says what of it could not.
    """
    locked = queries.lock(agreement)
    if locked.stage != Stage.IN_FORCE:
        return []
    copies = LastingCopy.objects.filter(agreement=locked)
    there = set(copies.values_list("participation", "told"))
    people: list[Participation | None] = [*_whose(locked, copies), None]
    told = {person: queries.told_to(locked, person, _language(locked, person)) for person in people}
    with timezone.override(locked.case.programme.zone):
        made = [_made(locked, person, told[person]) for person in people if (person.pk if person else None, told[person]) not in there]
    if made:
        record("sealed_copies", agreement, by=by)
    return made


def _whose(agreement: Agreement, copies: QuerySet[LastingCopy]) -> list[Participation]:
    """Who signs, and whoever is still here and had a copy of it before."""
    theirs = Q(pk__in=queries.signers(agreement).order_by().values("pk")) | Q(pk__in=copies.values("participation"))
    return list(here(agreement.case).filter(theirs).select_related("person").order_by("added_at", "id"))


def _language(agreement: Agreement, whose: Participation | None) -> str:
    return whose.person.language if whose else agreement.case.programme.language


def _made(agreement: Agreement, whose: Participation | None, told: str) -> LastingCopy:
    language = _language(agreement, whose)
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
