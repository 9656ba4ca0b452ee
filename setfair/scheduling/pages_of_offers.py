"""What the pages of an offer show; they ask, and change nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from setfair.cases.models import Case, Participation
from setfair.cases.queries import frame, here
from setfair.core import clock

from . import queries
from .forms_of_offers import OfferForm, ToldOfferForm
from .models import OfferAnswer
from .queries import Standing
from .said import day, listed, until, when

ANSWER_DAYS = 3
"""Days that people are given to answer, until somebody says otherwise."""
Word = OfferAnswer.Word


def to_offer(case: Case, form: OfferForm | None = None) -> dict[str, Any]:
    """What was offered and how it stands, or the form that offers some of the suggestions."""
    asked = queries.live_offer(case)
    if asked is None or not queries.asks_now(asked):
        today = clock.local(clock.now(), case.programme.zone).date()
        form = form or OfferForm(programme=case.programme, initial={"until": today + timedelta(days=ANSWER_DAYS), "hours": 48})
        return {"offer_form": form, "lapsed": asked}
    rows = queries.standing(asked)
    return {
        "offer": asked,
        "answer_by": until(asked.answer_by, case.programme.zone),
        "kept_until": day(asked.held_until, case.programme.zone) if asked.held_until and asked.held_until > clock.now() else "",
        "offered": [_row(row, case.programme.zone) for row in rows],
        "summary": _summary(rows, case.programme.zone),
        "asked": list(rows[0].words) if rows else [],
    }


def told(participation: Participation, form: ToldOfferForm) -> dict[str, Any]:
    """For a member of the team who writes down what somebody told them about the offered times."""
    return frame(participation.case, "schedule") | {"who": participation, "form": form}


def givers(participation: Participation) -> list[Participation]:
    """Whose word it may be: their own, or that of somebody of the circle who stands by them, or by whom they stand."""
    beside = [p for p in here(participation.case).select_related("person") if participation.pk in (p.stands_by_id, p.pk)]
    return sorted(beside, key=lambda p: p.pk != participation.pk)


def _row(row: Standing, zone: str) -> dict[str, Any]:
    said = [
        (_("Works for %(names)s."), Word.YES),
        (_("If needed: %(names)s."), Word.IF_NEEDED),
        (_("%(names)s cannot."), Word.NO),
        (_("To call: %(names)s."), Word.CALL),
        (_("No answer yet: %(names)s."), ""),
    ]
    lines = [words % {"names": listed([p.person.shown for p in row.who(word)])} for words, word in said if row.who(word)]
    return {"time": row.time, "when": when(row.time.starts_at, row.time.ends_at, zone), "lines": lines, "suits": row.suits_all, "open": row.is_open}


def _summary(rows: list[Standing], zone: str) -> str:
    """In one sentence: what can be booked, what is still open, or that none of them works."""
    suits = [row for row in rows if row.suits_all]
    if suits:
        return _("All can come, and it can be booked: %(times)s") % {"times": _moments(suits, zone)}
    still_open = [row for row in rows if row.is_open]
    if still_open and len(still_open) < len(rows):
        return _("Still open: %(times)s") % {"times": _moments(still_open, zone)}
    return "" if still_open else _("None of these times works for everyone. Take them back and offer others.")


def _moments(rows: list[Standing], zone: str) -> str:
    return listed([when(row.time.starts_at, row.time.ends_at, zone) for row in rows])
