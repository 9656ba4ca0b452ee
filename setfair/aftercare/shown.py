"""The next calls of a case, beside its promises."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.agreements.beside import Beside, Line
from setfair.agreements.queries import when_due
from setfair.cases.models import Case

from . import queries
from .models import CheckIn


def next_calls(case: Case) -> Beside | None:
    """Those that are owed, the next one first; nothing where none is."""
    rows = queries.next_calls(case)
    callers = queries.named([row.caller for row in rows])
    return Beside(_("Next calls"), [_line(case, row, callers.get(row.caller, "") if row.caller else "") for row in rows]) if rows else None


def _line(case: Case, row: CheckIn, caller: str) -> Line:
    when = f"{date_format(row.due_on, 'DATE_FORMAT')} · {when_due(row.due_on)} · {caller or _('nobody is named')}"
    today = queries.today(case)
    tag, kind = (_("late"), "wait") if row.late_on <= today else (_("today"), "info") if row.due_on <= today else ("", "plain")
    return Line(f"{whom(row)}: {row.get_purpose_display()}", when, reverse("check_in", args=[row.pk]), tag, kind)


def whom(row: CheckIn) -> str:
    """Whom the call is for, by the name the team knows them by."""
    return row.participation.person.shown if row.participation is not None else str(_("Whoever answers for it"))
