"""Whether somebody of the team may take a part in a case: the same for an assignment and for a place that is offered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from setfair.facilitators.models import Facilitator
from setfair.facilitators.queries import is_certified, is_here
from setfair.people.queries import reached_at

from . import queries
from .actions.refusal import CannotChange
from .models import Assignment, Case


def check(case: Case, facilitator: Facilitator, part: str, there: Assignment | None) -> None:
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
    if not is_here(facilitator):
        raise CannotChange(_("%(name)s has no role here any more.") % {"name": name})
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
