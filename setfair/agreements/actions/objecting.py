"""What somebody says instead of signing, or after it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import letters, queries
from ..checks import CannotSign
from ..journey import Stage
from ..models import Agreement, Concern
from .presenting import reopen
from .renewing import rewrite


@transaction.atomic
def hold_back(agreement: Agreement, *, by: Actor, participation: Participation, words: str = "") -> Concern:
    """Write down that this person does not want to sign, and what they say of it if they say anything. The team sees it and talks
    with them; nobody else learns who or that it is so. A name that went on from the version before stands there no more."""
    return _worry(agreement, by, participation, Concern.Kind.DIFFERS if words.strip() else Concern.Kind.UNWILLING, words)


@transaction.atomic
def say_wrong(agreement: Agreement, *, by: Actor, participation: Participation, words: str) -> Concern:
    """Write down what this person finds wrong in the words, for the team alone. They can still sign.

    Said by somebody whose name stands under it already, it opens the words again: what was signed stays with its words, and the next
    version is written. Their own name goes on under none until they sign it.
    """
    if not words.strip():
        raise CannotSign(_("Please write what is not right."))
    locked = queries.lock(agreement)
    concern = _worry(agreement, by, participation, Concern.Kind.WRONG, words)
    if queries.has_signed(locked, participation):
        rewrite(agreement, by=by) if queries.signatures(locked) else reopen(agreement, by=by)
    return concern


def _worry(agreement: Agreement, by: Actor, participation: Participation, kind: str, words: str) -> Concern:
    locked, said = queries.lock(agreement), words.strip()
    goes_on = queries.carried_of(locked, participation) is not None
    asked = goes_on or queries.still_to_sign(locked).filter(pk=participation.pk).exists()
    opens = kind == Concern.Kind.WRONG and queries.has_signed(locked, participation) and queries.among(locked, [participation.pk])
    if locked.stage != Stage.SIGNING or not (asked or opens):
        raise CannotSign(_("This cannot be signed just now. Nothing is asked of you."))
    last = Concern.objects.filter(agreement=locked, participation=participation).order_by("-at", "-id").first()
    if last is not None and not goes_on and last.kind == kind and last.words == said:
        return last
    concern = Concern.objects.create(agreement=locked, participation=participation, case_id=locked.case_id, kind=kind, words=said)
    if kind != Concern.Kind.WRONG:
        letters.let_rest_go(locked, participation, by=by)
    record("found_wrong" if kind == Concern.Kind.WRONG else "held_back", agreement, by=by)
    return concern
