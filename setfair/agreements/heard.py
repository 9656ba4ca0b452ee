"""Where a promise begins: from what was heard in the circle, the headings of needs and of what there is to put right, or from good words."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from setfair.cases.models import Case
from setfair.conferences.headings import Heard, by_kind, for_what_follows
from setfair.conferences.models import Heading
from setfair.programmes import library as worded
from setfair.programmes.models import GoodPromise

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


def to_start_from(case: Case) -> list[tuple[str, list[GoodPromise]]]:
    """Promises in good words, in the language of whoever writes, or the programme's."""
    return worded.to_start_from((translation.get_language() or "").split("-")[0], case.programme.language, "en")


def to_start_with(case: Case, take: str, begin: str) -> dict[str, Any]:
    """What a new promise starts from: one in good words or a heading, if somebody takes one; in the programme's language if nothing else is said."""
    given = worded.taken(take) if take else None
    if given is not None:
        return {"what": given.what, "proof_wanted": given.done, "kind": given.kind, "language": given.language}
    return {"language": case.programme.language} | (begun(case, begin) if begin else {})
