"""Which of several agreements of a case a page of the team shows, and what stands beside it. A case with one reads as if there were no number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from setfair.cases.models import Case

from . import queries
from .journey import Stage
from .models import Agreement

LIVE = (*queries.IN_HAND, Stage.IN_FORCE)
OPEN_TO_MORE = (Stage.SIGNING, Stage.IN_FORCE)
WRITTEN = (Stage.DRAFTING, Stage.RESTS)
BEGUN = (Stage.DRAFTING, Stage.SIGNING)


def page_of(agreement: Agreement) -> str:
    """Where the team reads this agreement; only where there are several does the address say which."""
    return address(agreement.case, agreement, queries.live(agreement.case))


def address(case: Case, agreement: Agreement, going_on: Iterable[Agreement]) -> str:
    """The same where all that goes on in this case has been read already."""
    there = reverse("agreement", args=[case.ref])
    return f"{there}?number={agreement.number}" if {one.number for one in going_on} - {agreement.number} else there


def asked(request: HttpRequest) -> int:
    """The number in the address; 0 for none, and for what is no number of ours."""
    number = request.GET.get("number", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 0


def shown(case: Case, number: int = 0) -> dict[str, Any]:
    """The agreement with this number, or what is in hand before what holds; the versions before it; all of them, if several go on; and
    whether something more can be begun beside it."""
    versions = queries.every(case)
    fronts = {one.number: front for one in versions if (front := queries.front(v for v in versions if v.number == one.number))}
    going_on = {n: front for n, front in fronts.items() if front.stage in LIVE}
    agreement = going_on.get(number) or queries.front(versions)
    several = sorted(going_on.values(), key=lambda one: one.number) if len(going_on) > 1 else []
    written = any(one.stage in WRITTEN and one.follows_id is None for one in versions)
    others = [one for one in versions if agreement is not None and one.pk != agreement.pk]
    return {
        "agreement": agreement,
        "several": several,
        "numbered": len(fronts) > 1,
        "beside_another": bool(several) and agreement != several[0],
        "earlier": [one for one in others if agreement and (one.number == agreement.number or one.number not in going_on)],
        "may_agree_more": agreement is not None and agreement.stage in OPEN_TO_MORE and not written,
        "may_leave": bool(several) and agreement is not None and agreement.stage in BEGUN and queries.may_end_unsigned(agreement),
    }
