"""Who hears how it goes, how much and by when, beside the promises of a case."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.aftercare.asking import Ask
from setfair.agreements.alongside import Beside, Line
from setfair.cases.models import Case, Participation

from . import owed, queries, wishing


def who_hears(case: Case) -> Beside | None:
    """A line for each person harmed; nothing where there is none."""
    rows = owed.with_days(case)
    return Beside(_("Who hears how it goes"), [_line(case, row) for row in rows]) if rows else None


def to_ask(participation: Participation) -> Ask | None:
    """On a first call: how much they want to hear, of whoever has not said so and may never open their own page."""
    if not wishing.may_choose(participation) or wishing.wish_of(participation) is not None or wishing.wants_none(participation):
        return None
    words = _("They have not said how much they want to hear. Until they do, they are told once, at the end.")
    return Ask(words, _("They said how much they want to hear"), reverse("news_of", args=[participation.pk]))


def _line(case: Case, row: queries.Told) -> Line:
    wants = row.said.get_choice_display() if row.said is not None else _("not asked yet: once, at the end")
    by = _("by %(day)s") % {"day": date_format(row.by, "DATE_FORMAT")} if row.by is not None else ""
    late = row.by is not None and row.by < owed.local(case, timezone.now())
    tag, kind = (_("late"), "wait") if late else (_("to be told"), "info") if row.by is not None else ("", "plain")
    return Line(row.participation.person.shown, " · ".join(filter(None, (wants, by))), reverse("news_of", args=[row.participation.pk]), tag, kind)
