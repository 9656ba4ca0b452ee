"""Who is told that somebody is not safe, and who may answer.

Told at once are those whose task it is; where nobody has it, the next who are there. Whoever it is about is
never told and finds nothing of it, whatever their role; nor is whoever is kept out of the case. A seal keeps nobody
from it: whether somebody is safe does not wait for those it names. Its page then says nothing of the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.access.policy import Tie
from setfair.access.ties import OF_THE_PROGRAMME, Reach, Ties
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Membership, Role

if TYPE_CHECKING:
    from .models import Alarm

FIRST_OF = (Role.SAFEGUARDING, Role.SUPERVISOR, Role.COORDINATOR, Role.ADMINISTRATOR)
"""Whose turn it is when it is raised: the first of these in which anybody stands."""

THEN = ((Role.SUPERVISOR, Role.COORDINATOR), (Role.ADMINISTRATOR,))
"""Who is told besides, round by round, while nobody has heard it."""


def ties() -> Ties:
    """Whoever administers reads it once they were told, and no sooner: no case comes with settings."""
    ours = (Tie.SAFEGUARDS, Tie.SUPERVISES, Tie.COORDINATES)
    return {tie: _unless_about(OF_THE_PROGRAMME[tie]) for tie in ours} | {Tie.ADMINISTERS: _unless_about(_told)}


def _unless_about(reach: Reach) -> Reach:
    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        shut = [Exists(rows.filter(user=actor.id)) for rows in _kept_out(OuterRef("case"), OuterRef("referral"))]
        return None if q is None else q & ~Q(about=actor.id) & ~Q(*shut, _connector=Q.OR)

    return reached


def _told(actor: Actor) -> Q | None:
    if actor.kind != Kind.STAFF or not actor.has(Role.ADMINISTRATOR):
        return None
    return Q(pk__in=apps.get_model("safety", "Told")._default_manager.filter(user=actor.id).values("alarm"))


def standing(*roles: str, of: Alarm | None = None) -> QuerySet[Membership]:
    """Live members in these roles who may hear of it; without an alarm, of one that names nobody and no case."""
    live = Membership.objects.filter(role__in=roles, ended_at__isnull=True, user__is_active=True).select_related("user").order_by("since", "pk")
    if of is None:
        return live
    for rows in _kept_out(of.case_id, of.referral_id):
        live = live.exclude(user__in=rows.values("user"))
    return live.exclude(user=of.about_id)


def first(alarm: Alarm, *, by: UUID | None) -> list[Membership]:
    """Who is told when it is raised; whoever raises it knows already, and only counts where nobody else is there."""
    found = (list(standing(role, of=alarm).exclude(user=by)) for role in FIRST_OF)
    return next((people for people in found if people), list(standing(*FIRST_OF, of=alarm)))


def _kept_out(case: Any, referral: Any) -> list[QuerySet[Any]]:
    """To whom it is shut: out of its case, out of the request on which it was raised, or out of the case that grew from that since."""
    exclusions, requests = apps.get_model("cases", "Exclusion")._default_manager, apps.get_model("referrals", "KeptOut")._default_manager
    live = {"ended_at__isnull": True}
    return [exclusions.filter(case=case, **live), exclusions.filter(case__referral=referral, **live), requests.filter(referral=referral, **live)]
