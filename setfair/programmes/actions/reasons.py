"""The programme's own reasons: added, taken out of use, taken up again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import own_reasons
from ..bounds import CannotChange
from ..models import OwnReason
from ..reasons import Decider


@transaction.atomic
def add_reason(*, by: Actor, name: str, step: str, decider: str) -> OwnReason:
    """A reason of the programme's own, within the group of whose decision it is. The same one again is one, and is in use again."""
    name = " ".join(name.split())
    if not name or step not in dict(OwnReason.STEPS) or decider not in Decider.values:
        raise CannotChange(_("Please say what it is called, where it is used, and whose decision it is."))
    there = OwnReason.objects.filter(name__iexact=name, step=step, decider=decider).first()
    if there is not None:
        return reopen_reason(there, by=by)
    reason = OwnReason.objects.create(name=name, step=step, decider=decider)
    own_reasons.forget()
    record("added_reason", reason, by=by)
    return reason


@transaction.atomic
def close_reason(reason: OwnReason, *, by: Actor) -> OwnReason:
    """It cannot be chosen any more. What was written down with it stays."""
    if OwnReason.objects.filter(pk=reason.pk, closed_at__isnull=True).update(closed_at=clock.now()):
        own_reasons.forget()
        record("closed_reason", reason, by=by)
    return reason


@transaction.atomic
def reopen_reason(reason: OwnReason, *, by: Actor) -> OwnReason:
    if OwnReason.objects.filter(pk=reason.pk, closed_at__isnull=False).update(closed_at=None):
        own_reasons.forget()
        record("reopened_reason", reason, by=by)
    return reason
