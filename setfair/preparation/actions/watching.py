"""Somebody who would only watch is there with everyone's agreement, or not at all."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation, Role
from setfair.cases.queries import here
from setfair.core.actor import Actor

from .. import queries
from ..models import ObserverAnswer, Slip
from ..refusal import CannotPrepare
from ..writing import open_case_of, write_once

METHODS = dict(ObserverAnswer._meta.get_field("method").flatchoices)


@transaction.atomic
def answer_observer(
    participation: Participation, *, by: Actor, observer: Participation, answer: str, method: str = "own", slip: Slip | None = None
) -> ObserverAnswer:  # fmt: skip
    """Write down whether somebody of the circle agrees that this one watches. Until everyone has said yes the day cannot be."""
    open_case_of(participation)
    if answer not in ObserverAnswer.Answer.values or method not in METHODS:
        raise CannotPrepare(_("Please choose one."))
    if not queries.is_asked(participation):
        raise CannotPrepare(_("They are not asked this."))
    if not here(participation.case).filter(pk=observer.pk, role=Role.OBSERVER).exists():
        raise CannotPrepare(_("Nobody by that name would watch any more."))
    said = {"observer_id": observer.pk, "answer": answer, "method": method, "slip_id": slip.pk if slip is not None else None}
    fact: ObserverAnswer = write_once("answered_observer", ObserverAnswer, participation, by, said, about=("observer_id",))
    return fact
