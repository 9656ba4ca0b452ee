"""Who is beside somebody while promises are kept: named, ended, and missed when they leave."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import queries
from ..models import Helper


class CannotName(Exception):
    """Nobody is named so; the sentence says why."""


@transaction.atomic
def name_helper(participation: Participation, *, by: Actor, kind: str, user: User | None = None, other: Participation | None = None) -> Helper:
    """Somebody of the team or of the circle stands by this person, or looks that it is done (`kind`). One of each kind: whoever was it before
    is it no more. Who must have no contact with them cannot be it."""
    case = cases.lock(participation.case)
    if case.stage == Stage.CLOSED or not cases.here(case).filter(pk=participation.pk).exists():
        raise CannotName(_("They are not in the circle any more."))
    if kind not in Helper.Kind.values or (user is None) == (other is None):
        raise CannotName(_("Please choose who, and as what."))
    if user is not None and user.pk not in queries.could_call(case):
        raise CannotName(_("Please choose somebody who works on this case."))
    if other is not None and other.pk not in {p.pk for p in queries.could_stand_by(participation)}:
        raise CannotName(_("Please choose somebody else of the circle, with whom contact is not barred."))
    now = Helper.objects.filter(participation=participation, kind=kind, ended_at__isnull=True).first()
    if now is not None and (now.user, now.other_id) == (user.pk if user else None, other.pk if other else None):
        return now
    _end(participation, kind)
    row = Helper.objects.create(
        case=case, participation=participation, kind=kind, user=user.pk if user else None, other=other, by=by.id
    )  # fmt: skip
    record("named_helper", row, by=by, kind=kind)
    return row


@transaction.atomic
def end_helper(participation: Participation, *, by: Actor, kind: str) -> None:
    """Nobody of this kind is needed beside them; if somebody had left, nobody is asked for another one any more."""
    cases.lock(participation.case)
    row = Helper.objects.filter(participation=participation, kind=kind).order_by("since").last()
    if row is not None and _end(participation, kind):
        record("ended_helper", row, by=by, kind=kind)


@transaction.atomic
def note_gone(row: Helper, *, by: Actor) -> None:
    """Whoever it was has left: it ends, and stands on Today until somebody else is named, or nobody is needed."""
    cases.lock(row.case)
    left = Helper.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=clock.now(), why=Helper.Why.LEFT)
    if left:
        record("lost_helper", row, by=by, kind=row.kind)


def _end(participation: Participation, kind: str) -> int:
    """How many ended or were answered by it."""
    mine = Helper.objects.filter(participation=participation, kind=kind)
    answered = mine.filter(why=Helper.Why.LEFT, answered=False).update(answered=True)
    return answered + mine.filter(ended_at__isnull=True).update(ended_at=clock.now(), why=Helper.Why.CHANGED)
