"""What whoever sent the request may see of the way on: as far as everyone concerned has said that it may be told, and never a step back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from setfair.cases.journey import PUBLIC, Stage
from setfair.cases.models import Case
from setfair.core import clock
from setfair.journal.models import Entry
from setfair.referrals.models import Referral

from ..models import Disclosure
from .sharing import all_let_it_be_told

STATIONS = tuple(dict.fromkeys(PUBLIC.values()))
TOLD = (Stage.CONVENED, Stage.FOLLOWING_UP)
"""Stages that tell that they met. Whoever asked reads of them only when everyone concerned said yes to it."""


def public_steps(referral: Referral) -> list[dict[str, str]]:
    """The stations after "Accepted".

    A case that is closed shows that, and whether the talk went ahead only when
    everyone concerned lets it be told. A case that went back shows the furthest
    station it had come to: whoever asked may know who they are, and a step back would
    say that one of them has changed their mind.
    """
    case = Case.objects.filter(referral=referral).first()
    if case is None:
        return [_step(words, "next") for words in STATIONS]
    until = told_until(case)
    reached = _reached(case)
    if case.stage == Stage.CLOSED:
        return [*_outcome(reached, told=until is not None and until >= reached[Stage.CLOSED]), _step(PUBLIC[Stage.CLOSED], "now")]
    furthest = max((STATIONS.index(PUBLIC[s]) for s in TOLD if s in reached and until is not None and reached[s] <= until), default=0)
    return [_step(words, "done" if n < furthest else "now" if n == furthest else "next") for n, words in enumerate(STATIONS)]


def told_until(case: Case) -> datetime | None:
    """The last moment whose news may stand on the page: now, as long as everyone concerned lets it be told; else when it was last told in fact.

    What was allowed and never read is not told any more once somebody takes their yes back.
    """
    if all_let_it_be_told(case):
        return clock.now()
    told = Disclosure.objects.filter(case=case, referral__isnull=False, kind=Disclosure.Kind.OUTCOME)
    return told.order_by("-at").values_list("at", flat=True).first()


def tells_now(case: Case) -> tuple[str, list[str]]:
    """What the page tells when it is opened at this moment: the kind of disclosure, and the stage as a code."""
    if case.stage in (*TOLD, Stage.CLOSED) and all_let_it_be_told(case):
        return Disclosure.Kind.OUTCOME.value, [case.stage]
    return Disclosure.Kind.STATUS.value, [Stage.CLOSED.value if case.stage == Stage.CLOSED else Stage.PREPARING.value]


def _reached(case: Case) -> dict[str, datetime]:
    """When the case first stood at each stage."""
    moves = Entry.objects.filter(subject_kind=Case._meta.label_lower, subject_id=str(case.pk), verb="moved").order_by("id")
    first: dict[str, datetime] = {}
    for to, at in moves.values_list("detail__to", "at"):
        first.setdefault(to, at)
    return first


def _outcome(reached: dict[str, datetime], *, told: bool) -> list[dict[str, str]]:
    if not told:
        return []
    return [_step(_("The talk went ahead") if Stage.CONVENED in reached else _("The talk did not go ahead"), "done")]


def _step(words: Any, state: str) -> dict[str, str]:
    return {"label": str(words), "state": state}
