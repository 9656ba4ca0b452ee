"""Words of one's own under one's name."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record

from .. import queries
from ..checks import CannotSign, check_remark
from ..journey import Stage
from ..models import Agreement, Remark, RemarkLet, Signature


@transaction.atomic
def remark(signature: Signature, *, by: Actor, words: str, shown: bool = False) -> Remark | None:
    """Write what somebody says under their signature, until it holds; no words take away what stood there. None if nothing changes.

    Only the team reads it unless they chose otherwise (`shown`); then others do once the team let it pass (`let_pass`). Where nothing may
    pass between people, nothing is kept for the others. They write it on their own page; for whoever signed on paper, on the tablet
    or aloud somebody of the team can write it down. What somebody wrote themselves only they change. Raises `CannotSign`.
    """
    agreement, said = queries.lock(signature.agreement), words.strip()
    last = Remark.objects.filter(signature=signature).order_by("-at", "-id").first()
    staff = by.kind == Kind.STAFF
    theirs = by.kind == Kind.PARTICIPANT and by.id == signature.participation_id
    if not (theirs or (staff and signature.method != Signature.Method.OWN_DEVICE and not (last is not None and last.by is None))):
        raise CannotSign(_("Only they themselves can change what they wrote."))
    if agreement.stage != Stage.SIGNING:
        raise CannotSign(_("It holds now, so the words under the names stay as they are."))
    check_remark(said)
    shown = shown and bool(said) and queries.may_pass(agreement)
    if (last.words, last.shown) == (said, shown) if last is not None else not said:
        return None
    row = Remark.objects.create(signature=signature, case_id=agreement.case_id, words=said, shown=shown, by=by.id if staff else None)
    record("remarked", agreement, by=by)
    return row


@transaction.atomic
def let_pass(remark: Remark, *, by: Actor) -> RemarkLet:
    """Somebody of the team has read what one of them wants everyone to read, and lets it stand under the name for all: on pages, and on
    copies made from then on.

    Pressed twice it is let once. Raises `CannotSign` where they wrote something else since, and where two of the circle are kept apart.
    """
    if not queries.may_pass(_is_the_last(remark)):
        raise CannotSign(_("Two of this circle must have no contact, so nothing passes from one to the others. Only the team reads these words."))
    return _read(remark, by, passes=True)


@transaction.atomic
def keep_to_team(remark: Remark, *, by: Actor) -> RemarkLet:
    """Somebody of the team has read it, and it stays with the team; they talk with whoever wrote it. It can still be let pass later, and what
    was let is not taken back: all may have read it. Raises `CannotSign`."""
    _is_the_last(remark)
    if RemarkLet.objects.filter(remark=remark, passes=True).exists():
        raise CannotSign(_("Everyone may read these words already."))
    return _read(remark, by, passes=False)


def _is_the_last(remark: Remark) -> Agreement:
    agreement = queries.lock(remark.signature.agreement)
    last = Remark.objects.filter(signature=remark.signature).order_by("at", "id").last()
    if last != remark or not remark.shown or agreement.stage not in (Stage.SIGNING, Stage.IN_FORCE):
        raise CannotSign(_("They changed these words, or nobody else is to read them. Please read them again."))
    return agreement


def _read(remark: Remark, by: Actor, *, passes: bool) -> RemarkLet:
    there = RemarkLet.objects.filter(remark=remark, passes=passes).first()
    if there is not None:
        return there
    let = RemarkLet.objects.create(remark=remark, case_id=remark.case_id, passes=passes, by=by.id)  # type: ignore[misc]
    record("let_words_pass" if passes else "kept_to_team", remark.signature.agreement, by=by)
    return let
