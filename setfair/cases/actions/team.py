"""Who facilitates a case, and who of the staff is kept out of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.facilitators.models import Facilitator
from setfair.journal.actions import record
from setfair.journal.journey import moved

from .. import queries
from ..fit import check
from ..journey import Stage
from ..models import Assignment, Case, Duty, Exclusion
from .asked import end_open
from .refusal import CannotChange


@transaction.atomic
def assign(case: Case, *, by: Actor, facilitator: Facilitator, part: str) -> Assignment:
    """Let a certified member of the team hold this case (S2.9). Raises `CannotChange`, with the reason in one sentence."""
    queries.lock(case)
    if case.stage == Stage.CLOSED:
        raise CannotChange(_("This is closed."))
    there = queries.team(case).filter(facilitator=facilitator).first()
    if there is not None and there.part == part:
        return there
    check(case, facilitator, part, there)
    assignment = Assignment.objects.create(case=case, facilitator=facilitator, part=part)
    record("assigned", assignment, by=by, part=part)
    return assignment


@transaction.atomic
def unassign(assignment: Assignment, *, by: Actor) -> Assignment:
    """End it; that they were here stays, and the bell of the house rings, so that whoever held a seat for them frees it.

    The case is held: of this and a booking at the same instant one waits for the other, and no seat is left to somebody who is gone.
    """
    return _end(assignment, by, "unassigned")


@transaction.atomic
def step_out(assignment: Assignment, *, by: Actor) -> Assignment:
    """They cannot help there any more, and say so themselves; nobody asks why. What they were asked there is over, and they are not
    proposed for it again. The meeting itself stands.
    """
    assignment = _end(assignment, by, "stepped_out")
    end_open(Duty.objects.filter(case=assignment.case_id, facilitator=assignment.facilitator_id), by=by)
    return assignment


def _end(assignment: Assignment, by: Actor, how: str) -> Assignment:
    queries.lock(assignment.case)
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if assignment.ended_at is None:
        assignment.ended_at, assignment.stepped_out = clock.now(), how == "stepped_out"
        assignment.save(update_fields=["ended_at", "stepped_out"])
        record(how, assignment, by=by, part=assignment.part)
        moved.send(sender=Assignment, subject=assignment, was="here", to="left", by=by)
    return assignment


@transaction.atomic
def keep_out(case: Case, *, by: Actor, user: User, why: str) -> Exclusion:
    """Close this case to one of the staff who is part of it, or too close to it. Their part in it, and what they are asked, ends at once."""
    queries.lock(case)
    case.refresh_from_db(fields=["coordinator"])
    if why not in Exclusion.Why.values:
        raise CannotChange(_("Please choose why."))
    if user.pk == case.coordinator_id:
        raise CannotChange(_("%(name)s coordinates this. Hand it over first.") % {"name": user.name})
    there = queries.kept_out(case).filter(user=user).first()
    if there is not None:
        return there
    if queries.of_seal(case).filter(user=user).exists():
        raise CannotChange(_("%(name)s is named in the team of this sealed case. End that first.") % {"name": user.name})
    for assignment in queries.team(case).filter(facilitator__user=user):
        unassign(assignment, by=by)
    end_open(Duty.objects.filter(case=case, facilitator__user=user), by=by)
    exclusion = Exclusion.objects.create(case=case, user=user, why=why, by=by.id)
    record("kept_out", exclusion, by=by, why=why)
    return exclusion


@transaction.atomic
def let_back(exclusion: Exclusion, *, by: Actor) -> Exclusion:
    """They may open the case again, as far as their role goes; a part that ended stays ended."""
    exclusion = Exclusion.objects.select_for_update(of=("self",)).get(pk=exclusion.pk)
    if exclusion.ended_at is None:
        exclusion.ended_at = clock.now()
        exclusion.save(update_fields=["ended_at"])
        record("let_back", exclusion, by=by)
    return exclusion
