"""A yes that is said once more."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind

from .. import queries
from ..models import Consent, Slip, Still
from ..refusal import CannotPrepare
from ..writing import open_case_of, write_once


@transaction.atomic
def say_still(
    participation: Participation, *, by: Actor, for_day: date, moment: str = Still.Moment.WEEK, slip: Slip | None = None
) -> Still:  # fmt: skip
    """Keep that they still want to, for this day: on their own page, or told to whoever stands beside them. Only of somebody who said yes."""
    open_case_of(participation)
    if by.kind == Kind.PARTICIPANT and by.id != participation.pk:
        raise CannotPrepare(_("Only they can say this."))
    said = queries.answer_of(participation)
    if not queries.is_asked(participation) or said is None or said.answer != Consent.Answer.YES:
        raise CannotPrepare(_("They have not said yes. Please ask them that first."))
    method = Consent.Method.OWN if by.kind == Kind.PARTICIPANT else Consent.Method(slip.method) if slip is not None else Consent.Method.SAID
    kept = {"moment": moment, "for_day": for_day, "method": method.value, "slip_id": slip.pk if slip is not None else None}
    return write_once("still_willing", Still, participation, by, kept, about=("moment", "for_day"))
