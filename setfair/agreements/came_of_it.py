"""What came of the hour or of what they wrote, for the team's page."""

from __future__ import annotations

from typing import Any

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case

from . import forms, queries
from .models import Result, StillOpen


def result(case: Case) -> dict[str, Any]:
    """What came of the hour or the exchange, as it was said last, and what can be said of it; while it is not over, what the last one left open."""
    left = {"open_headings": still_open(case), "look": queries.to_look_at(case)}
    if queries.ended(case) is None:
        return left
    said, there = queries.result_of(case), queries.live(case)
    free = all(queries.may_end_unsigned(one) for one in there)
    presses = [one for one in Result.What if one != Result.What.PARTLY and (said is None or said.what != one)]
    return left | {
        "over": True,
        "result": said,
        "presses": [(one.value, one.label, one in Result.NOTHING_OWED) for one in presses if free or one not in Result.NOTHING_OWED],
        "ends_draft": any(one.items.exists() for one in there),
        "result_form": forms.ResultForm(auto_id="result-%s"),
    }


def still_open(case: Case) -> list[StillOpen]:
    """What an agreement in part left open, until something else is said or the case is closed; for the team, to go on with."""
    return [] if case.stage == CaseStage.CLOSED else queries.headings_of(queries.left_open().filter(case=case).first())
