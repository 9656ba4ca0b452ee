"""A parent's or guardian's no stands until somebody else has looked at it, or they say themselves that they do not decide.

The answers themselves are a later floor's; it says here what stands in the way of taking somebody's say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from setfair.people.models import OF_AGE, Person

from .journey import Stage
from .models import Participation

Stands = Callable[[Participation], str]
_stands: list[Stands] = []


def register(stands: Stands) -> None:
    """Let a later floor say (in its `apps.ready`) why somebody's say cannot be taken now; empty when it can."""
    if stands not in _stands:
        _stands.append(stands)


def why_the_year_stands(person: Person, year: int | None, on: date) -> str:
    """Why this year of birth cannot be written down: it would make somebody older, or of no known age, for whom a parent or guardian has not
    said yes. Empty where nothing stands in the way."""
    if year == person.birth_year or not (person.birth_year is None or person.may_be_under_age(on)):
        return ""
    if year is not None and year >= (person.birth_year or on.year - OF_AGE + 1):
        return ""
    open_cases = Participation.objects.filter(stands_by__person=person, stands_by__left_at=None, left_at=None, has_authority=True)
    guardians = open_cases.exclude(case__stage=Stage.CLOSED).select_related("person", "stands_by__person").order_by("added_at", "id")
    return next((reason for guardian in guardians if (reason := why_a_no_stands(guardian))), "")


def why_a_no_stands(guardian: Participation) -> str:
    """Why somebody who may decide cannot leave, or stop deciding; empty where nothing stands in the way."""
    return next((reason for stands in _stands if (reason := stands(guardian))), "")
