"""Words of one's own under one's name."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record

from .. import queries
from ..checks import CannotSign, check_remark
from ..journey import Stage
from ..models import Remark, Signature


@transaction.atomic
def remark(signature: Signature, *, by: Actor, words: str, shown: bool = False) -> Remark | None:
    """Write what somebody says under their signature, until it holds; no words take away what stood there. None if nothing changes.

    Only the team reads it unless they chose otherwise (`shown`). They write it on their own page; for whoever signed on paper, on the tablet
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
    shown = shown and bool(said)
    if (last.words, last.shown) == (said, shown) if last is not None else not said:
        return None
    row = Remark.objects.create(signature=signature, case_id=agreement.case_id, words=said, shown=shown, by=by.id if staff else None)
    record("remarked", agreement, by=by)
    return row
