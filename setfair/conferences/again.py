"""A circle that comes together again: what it takes over from the one that was stopped."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from setfair.cases.models import Case
from setfair.programmes.models import ScriptPage
from setfair.programmes.own_reasons import in_words

from . import queries
from .journey import Stage
from .models import Conference, Ending, TalkOrder


@dataclass(frozen=True)
class Before:
    """How far they came, and why they stopped there; nothing where somebody took their yes back."""

    page: str
    why: str


def stopped(case: Case) -> Conference | None:
    """The circle that the next one goes on from: the last that was held, if it was stopped."""
    held = (Stage.CONCLUDED, Stage.ADJOURNED)
    last = Conference.objects.filter(case=case, stage__in=held).order_by("-planned_at", "-id").first()
    return last if last is not None and last.stage == Stage.ADJOURNED else None


def before(case: Case) -> Before | None:
    """Where those who sit down again left off."""
    last = stopped(case)
    if last is None:
        return None
    page = ScriptPage.objects.filter(script=last.script_id, order=queries.page_now(last)).first()
    return Before(page.title if page else "", why(last))


def why(conference: Conference) -> str:
    """The reason as the team reads it."""
    ending = Ending.objects.filter(conference=conference).select_related("own").first()
    return in_words(ending) if ending is not None else ""


def order(case: Case) -> list[UUID]:
    """In which order they speak, as it was chosen last since they sat down first; nothing where nobody goes on from anything."""
    last = stopped(case)
    if last is None:
        return []
    chosen = TalkOrder.objects.filter(conference__case=case, conference__planned_at__gte=last.planned_at)
    return chosen.order_by("-conference__planned_at", "-number").values_list("people", flat=True).first() or []
