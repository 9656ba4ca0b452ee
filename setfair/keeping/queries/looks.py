"""On which days the team opened what is kept about somebody."""

from __future__ import annotations

from collections import Counter

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from setfair.cases.models import Participation
from setfair.core.actor import Kind
from setfair.preparation.queries.looking import looks_about


def looks_at(me: Participation) -> list[list[str]]:
    """Each day, and how many of the team opened what is theirs or everybody's; nobody is named, and nothing about another person is counted."""
    rows = looks_about(me).filter(actor_kind=Kind.STAFF).values_list("at", "actor_id")
    days = Counter(day for day, _who in {(timezone.localdate(at), who) for at, who in rows})
    return [
        [date_format(day, "DATE_FORMAT"), ngettext("%(count)d person of the team", "%(count)d people of the team", n) % {"count": n}]
        for day, n in sorted(days.items())
    ]
