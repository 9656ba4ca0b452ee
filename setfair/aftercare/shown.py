"""The next calls of a case, beside its promises."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.agreements.alongside import Beside, Line
from setfair.agreements.queries import when_due
from setfair.cases.models import Case, Participation

from . import queries
from .models import CheckIn, Helper


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


def who_is_beside(case: Case) -> Beside | None:
    """For each who promised something, who is beside them, and where somebody is named; nothing where nobody promised."""
    people, rows = queries.makers(case), queries.helpers_of(case)
    staff = queries.named([row.user for row in rows])
    lines = []
    for person in people:
        mine = [row for row in rows if row.participation_id == person.pk]
        words = " · ".join(_helper(row, staff) for row in mine) or _("nobody is named")
        gone = any(row.ended_at is not None for row in mine)
        lines.append(Line(person.person.shown, words, reverse("helper", args=[person.pk]), _("has left") if gone else "", "wait"))
    return Beside(_("Who is beside them"), lines) if lines else None


def beside(participation: Participation) -> list[str]:
    """Who is beside this person, a line each."""
    rows = [row for row in queries.helpers_of(participation.case) if row.participation_id == participation.pk]
    staff = queries.named([row.user for row in rows])
    return [_helper(row, staff) for row in rows]


def _helper(row: Helper, staff: dict[UUID, str]) -> str:
    name = row.other.person.shown if row.other is not None else staff.get(row.user, "") if row.user else ""
    said = _("%(name)s %(does)s") % {"name": name, "does": row.get_kind_display()}
    return _("%(who)s, and has left") % {"who": said} if row.ended_at is not None else said


def whom(row: CheckIn) -> str:
    """Whom the call is for, by the name the team knows them by."""
    return row.participation.person.shown if row.participation is not None else str(_("Whoever answers for it"))
