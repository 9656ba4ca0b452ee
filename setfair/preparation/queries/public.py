"""What whoever sent the request may see of the way on: as far as everyone concerned has said that it may be told, and never a step back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from setfair.cases.journey import PUBLIC, Stage
from setfair.cases.models import SPEAKERS, Case, Participation
from setfair.core import clock
from setfair.journal.models import Entry
from setfair.referrals.models import Referral

from ..models import Consent

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
    """The last moment at which everyone concerned let the outcome be told: now, as long as they do; None when they never all did.

    Whoever is in the circle is concerned from the day they joined it. Whoever left it
    still is, if they had ever said yes to taking part.
    """
    everyone = [p for p in Participation.objects.filter(case=case, role__in=SPEAKERS) if p.left_at is None or _took_part(p)]
    said: list[tuple[datetime, UUID, bool]] = [(p.added_at, p.pk, False) for p in everyone]
    answers = Consent.objects.filter(case=case, scope=Consent.Scope.OUTCOME, participation__in=everyone).order_by("at", "id")
    said += [(c.at, c.participation_id, c.answer == Consent.Answer.YES) for c in answers if c.giver_id == c.participation_id]
    lets: dict[UUID, bool] = {}
    until: datetime | None = None
    for at, who, yes in sorted(said, key=lambda one: one[0]):
        if lets and all(lets.values()):
            until = at
        lets[who] = yes
    return clock.now() if lets and all(lets.values()) else until


def _took_part(participation: Participation) -> bool:
    said = Consent.objects.filter(participation=participation, scope=Consent.Scope.TAKE_PART, answer=Consent.Answer.YES)
    return said.exists()


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
