"""Numbers outlive what they stood for: none is given twice."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Greatest

from setfair.cases.models import Case
from setfair.programmes.models import Programme
from setfair.referrals.models import Referral


def keep_the_number(programme_id: UUID | None, model: type[Case | Referral], ref: str) -> None:
    """No number is given twice."""
    last = "last_case" if model is Case else "last_request"
    Programme.objects.filter(pk=programme_id).update(**{last: Greatest(F(last), Value(int(ref[2:])))})
