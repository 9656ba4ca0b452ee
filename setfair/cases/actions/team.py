"""Who facilitates a case, and who of the staff is kept out of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.facilitators.models import Facilitator
from setfair.facilitators.queries import is_certified
from setfair.journal.actions import record
from setfair.people.queries import reached_at

from .. import queries
from ..journey import Stage
from ..models import Assignment, Case, Exclusion
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
    check_facilitator(case, facilitator, part, there)
    assignment = Assignment.objects.create(case=case, facilitator=facilitator, part=part)
    record("assigned", assignment, by=by, part=part)
    return assignment


@transaction.atomic
def unassign(assignment: Assignment, *, by: Actor) -> Assignment:
    """End it; that they were here stays."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if assignment.ended_at is None:
        assignment.ended_at = clock.now()
        assignment.save(update_fields=["ended_at"])
        record("unassigned", assignment, by=by, part=assignment.part)
    return assignment


@transaction.atomic
def keep_out(case: Case, *, by: Actor, user: User, why: str) -> Exclusion:
    """Close this case to a member of the staff who is part of it, or too close to it. Their part in it ends with the same act."""
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


def check_facilitator(case: Case, facilitator: Facilitator, part: str, there: Assignment | None) -> None:
    """Whether this one may take this part; raises `CannotChange` with the one thing that speaks against it."""
    name = facilitator.user.name
    if there is not None:
        raise CannotChange(_("%(name)s is on this case already. End that part first.") % {"name": name})
    if part not in Assignment.Part.values:
        raise CannotChange(_("Please choose a part."))
    if queries.kept_out(case).filter(user=facilitator.user_id).exists():
        raise CannotChange(_("%(name)s is kept out of this case.") % {"name": name})
    if queries.sealed(case) and not queries.of_seal(case).filter(user=facilitator.user_id).exists():
        raise CannotChange(_("This is sealed. Name %(name)s in its team first.") % {"name": name})
    if not is_certified(facilitator):
        raise CannotChange(_("%(name)s is not certified today, so cannot take a case.") % {"name": name})
    if facilitator.parent == Facilitator.Parent.WAITING:
        raise CannotChange(_("A parent of %(name)s has not said yes yet.") % {"name": name})
    if (facilitator.kind == Facilitator.Kind.STUDENT) != (part == Assignment.Part.STUDENT):
        raise CannotChange(_("Students facilitate as students, and nobody else does."))
    if reached_at([p.person for p in case.participations.select_related("person")], facilitator.user.email):
        raise CannotChange(_("%(name)s is part of what happened here, so cannot facilitate it.") % {"name": name})
    why = queries.too_close(case, among=[facilitator.pk]).get(facilitator.pk)
    if why:
        raise CannotChange(_("%(name)s: %(why)s.") % {"name": name, "why": why})
    if part == Assignment.Part.LEAD and queries.team(case).filter(part=part).exists():
        raise CannotChange(_("There is a lead already. End that part first."))
