from __future__ import annotations

from django.db import transaction

from setfair.core.actor import Actor, anyone
from setfair.journal.actions import record
from setfair.vault.shredding import shred

from ..models import Problem


@transaction.atomic
def report_problem(*, by: Actor, page: str, words: str) -> Problem:
    """Somebody tells that a page does not work. The journal says that it was told, and not by whom."""
    problem = Problem.objects.create(page=page, words=words)
    record("reported_problem", problem, by=anyone(by.programme_id), page=page)
    return problem


@transaction.atomic
def settle_problem(problem: Problem, *, by: Actor) -> None:
    """It was seen to: the words go, and the key that opens them."""
    record("settled_problem", problem, by=by)
    key = problem.pk
    problem.delete()
    shred([key])
