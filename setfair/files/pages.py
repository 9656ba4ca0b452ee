"""What the pages about files show."""

from __future__ import annotations

from typing import Any

from setfair.access.policy import Permission
from setfair.access.ties import may, open_to
from setfair.cases.models import Case
from setfair.cases.queries import circle, frame
from setfair.core.actor import Actor
from setfair.referrals.enclosed import with_it
from setfair.referrals.models import Referral

from . import queries, scanner
from .forms import AddForm


def form(case: Case, actor: Actor, *sent: Any) -> AddForm:
    return AddForm(*sent, case=case, by=actor, circle=circle(case), others=list(queries.replaceable(case, actor)))


def of_case(case: Case, actor: Actor, *, bound: AddForm | None = None) -> dict[str, Any]:
    """The list, and for those who may add to it the form."""
    adds = may(actor, Permission.ADD_FILE, case)
    return frame(case, "case_files") | {
        "rows": queries.of_case(case, actor),
        "form": (bound or form(case, actor)) if adds else None,
        "room": queries.has_room(case, actor),
        "harm": adds and queries.unseen_harm(case).exists(),
        "is_checked": scanner.is_named(),
        "came_with": _waiting(case, actor),
    }


def _waiting(case: Case, actor: Actor) -> int:
    """How many files lie with its request still, for whoever can say for whom they are."""
    request = open_to(actor, Permission.SCREEN_REFERRAL, Referral).filter(pk=case.referral_id).first() if case.referral_id else None
    return with_it(request).lie if request is not None else 0
