"""What people say for themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind
from setfair.preparation import queries as preparation
from setfair.preparation.models import Consent, Slip
from setfair.preparation.refusal import CannotPrepare
from setfair.preparation.writing import open_case_of, write_once

from .models import Goal, Hope


@transaction.atomic
def hope(participation: Participation, *, by: Actor, goals: Iterable[str] = (), words: str = "", slip: Slip | None = None) -> Hope:
    """Keep what somebody hopes for, on their own page or as they told it. Nobody has to hope for anything, and nothing waits for it."""
    open_case_of(participation)
    if not preparation.is_asked(participation):
        raise CannotPrepare(_("Whoever interprets is not asked this."))
    if by.kind == Kind.PARTICIPANT and by.id != participation.pk:
        raise CannotPrepare(_("Only they can say this."))
    chosen = [goal for goal in Goal.values if goal in set(goals)]
    method = Consent.Method.OWN if by.kind == Kind.PARTICIPANT else Consent.Method(slip.method) if slip is not None else Consent.Method.SAID
    said = {"goals": chosen, "words": words.strip(), "method": method.value, "slip_id": slip.pk if slip is not None else None}
    return write_once("hoped", Hope, participation, by, said)
