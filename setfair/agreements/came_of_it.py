"""What came of the hour or of what they wrote, for the team's page."""

from __future__ import annotations

from typing import Any

from setfair.cases.models import Case

from . import forms, queries
from .models import Result


def result(case: Case) -> dict[str, Any]:
    """What came of the hour or the exchange, as it was said last, and what can be said of it; nothing while it is not over."""
    if queries.ended(case) is None:
        return {}
    said, there = queries.result_of(case), queries.live(case)
    free = all(queries.may_end_unsigned(one) for one in there)
    return {
        "over": True,
        "result": said,
        "open_headings": queries.headings_of(said),
        "look": queries.to_look_at(case),
        "nothing_owed": [(one.value, one.label) for one in Result.NOTHING_OWED if free and (said is None or said.what != one)],
        "ends_draft": any(one.items.exists() for one in there),
        "result_form": forms.ResultForm(auto_id="result-%s"),
    }
