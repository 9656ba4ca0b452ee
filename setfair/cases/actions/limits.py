"""What bars a meeting from outside: papers about two who are kept apart, and what one person lives under. What was planned against it goes back."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from setfair.core.actor import Actor
from setfair.people import papers
from setfair.people.limits import MEET
from setfair.people.models import Condition, NoContact, Order

from .. import queries
from ..models import Case, Participation
from ..route import asks
from .places import back_to_preparing


@transaction.atomic
def show_paper(case: Case, *, by: Actor, wall: NoContact, **said: Any) -> Order:
    """What is known of an order counts from now on; any meeting that was planned with both, in whatever case, is looked at anew."""
    queries.lock(case)
    order = papers.show_paper(wall, by=by, case=case.pk, **said)
    for both in queries.cases_of_both(wall):
        back_to_preparing(queries.lock(both), by=by, reason="no_contact")
    return order


@transaction.atomic
def set_condition(participation: Participation, *, by: Actor, **said: Any) -> Condition:
    """What somebody lives under. If it bars meetings, those that are meant or planned with them, in whatever case, are looked at anew."""
    queries.lock(participation.case)
    condition = papers.set_condition(participation.person, by=by, case=participation.case_id, **said)
    barred = [case for case in queries.cases_with(participation.person) if condition.bars and MEET in asks(queries.how(case))]
    for case in barred:
        back_to_preparing(queries.lock(case), by=by, reason="condition")
    return condition


@transaction.atomic
def end_condition(participation: Participation, *, by: Actor, condition: Condition) -> Condition:
    """Somebody has looked, and it is over."""
    return papers.end_condition(condition, by=by, case=participation.case_id)
