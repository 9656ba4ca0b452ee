"""What was heard in the circle, as where a promise begins: the headings of needs and of what there is to put right."""

from __future__ import annotations

from typing import Any

from setfair.cases.models import Case
from setfair.conferences.headings import Heard, by_kind, for_what_follows
from setfair.conferences.models import Heading

BEGINS = (Heading.Kind.NEED, Heading.Kind.OBLIGATION)


def to_begin_with(case: Case) -> list[Heard]:
    """The headings that stand of this circle and of those it goes on from. What was harmed asks for nothing by itself."""
    return by_kind(one for one in for_what_follows(case) if one.kind in BEGINS)


def begun(case: Case, key: str) -> dict[str, Any]:
    """What the form starts from: what is needed is for whoever needs it, what there is to put right is theirs whose it is.

    A heading that is not one of these begins nothing.
    """
    found = next((one for kind in to_begin_with(case) for one in kind.ones if str(one.pk) == key), None)
    if found is None:
        return {}
    whose = str(found.participation_id or "")
    return {"what": found.words} | ({"owed_to": whose} if found.kind == Heading.Kind.NEED else {"owner": whose})
