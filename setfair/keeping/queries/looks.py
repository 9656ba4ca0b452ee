"""On which days the team opened what is kept."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from setfair.core.actor import Kind
from setfair.journal.models import Entry


def looks_at(case_id: UUID) -> list[list[str]]:
    """Each day, and how many of the team opened it; nobody is named."""
    rows = Entry.objects.filter(case_id=case_id, verb="read", actor_kind=Kind.STAFF).values_list("at", "actor_id")
    days = Counter(day for day, _who in {(timezone.localdate(at), who) for at, who in rows})
    return [
        [date_format(day, "DATE_FORMAT"), ngettext("%(count)d person of the team", "%(count)d people of the team", n) % {"count": n}]
        for day, n in sorted(days.items())
    ]
