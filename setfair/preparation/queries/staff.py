"""Who of the staff works on a case, and so may be named for something in it."""

from __future__ import annotations

from setfair.accounts.models import User
from setfair.cases import queries as cases
from setfair.cases.models import Assignment, Case


def who_looks(case: Case) -> list[User]:
    """Those who hold it, without students, and whoever coordinates it."""
    holding = cases.team(case).exclude(part=Assignment.Part.STUDENT)
    found = {user.pk: user for user in (*(a.facilitator.user for a in holding), *cases.alerted(case))}
    return list(found.values())
