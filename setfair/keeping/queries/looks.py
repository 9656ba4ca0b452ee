"""On which days the team opened what is kept about somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from setfair.cases.models import Participation
from setfair.core.actor import Kind
from setfair.journal.models import Entry
from setfair.preparation.queries.looking import READING, looks_about
from setfair.referrals.models import Referral

from .lines import Line, on


def looks_at(me: Participation) -> list[Line]:
    """Each day, and how many of the team opened what is theirs or everybody's; nobody is named, and nothing about another person is counted."""
    return _by_day(looks_about(me).filter(actor_kind=Kind.STAFF).values_list("at", "actor_id"))


def looks_at_request(request: Referral) -> list[Line]:
    rows = Entry.objects.filter(subject_kind=Referral._meta.label_lower, subject_id=str(request.pk), verb=READING, actor_kind=Kind.STAFF)
    return _by_day(rows.values_list("at", "actor_id"))


def _by_day(rows: Iterable[tuple[Any, Any]]) -> list[Line]:
    days: dict[Any, set[Any]] = {}
    for moment, who in rows:
        days.setdefault(timezone.localdate(moment), set()).add(who)
    return [on(day, _how_many(len(who))) for day, who in sorted(days.items())]


def _how_many(count: int) -> str:
    return ngettext("%(count)d person of the team", "%(count)d people of the team", count) % {"count": count}
