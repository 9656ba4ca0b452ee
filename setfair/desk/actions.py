from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from setfair.access.entry import offers_to
from setfair.access.founding import spend
from setfair.access.models import Founding
from setfair.accounts.models import User
from setfair.cases.actions import end_open, hand_over, unassign
from setfair.cases.models import Assignment, Duty
from setfair.cases.queries import coordinated
from setfair.core import tenant
from setfair.core.actor import Actor, Kind
from setfair.facilitators.queries import HOLD_CASES
from setfair.journal.actions import record
from setfair.programmes.actions import CannotJoin, CannotOpen, accept, decline, end_membership, open_programme
from setfair.programmes.models import Membership, Offer, Programme, Role

from . import queries

FIRST_RUN = "setfair first run"
SHORT = 24
"""Signs of an address that is proposed; whoever types their own may take more."""


class CannotBegin(Exception):
    """Somebody else was first, or the programme cannot be opened; the sentence says which."""


@transaction.atomic
def begin_here(*, by: Actor, your_name: str, email: str, password: str, **facts: str) -> User:
    """Make the first administrator and their programme, together.

    One at a time: of any number who send the form at the same instant the first
    becomes the administrator, and the others learn that somebody was quicker. `by` is
    whoever stands at the door: nobody is known here yet. `facts` are those of `NewProgrammeForm`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [FIRST_RUN])
    if not queries.nothing_here():
        raise CannotBegin(_("Somebody else has set this up in the meantime. Please ask them to add you."))
    user = User.objects.create_user(email=email, name=your_name, password=password, language=facts["language"])
    _open_for(user, by=by, **facts)
    return user


@transaction.atomic
def begin_another(founding: Founding, *, by: Actor, **facts: str) -> Programme:
    """Found one more programme for whom the link was made, who becomes its first administrator and nothing anywhere else.

    Where it cannot be, the link stays good.
    """
    if not spend(founding):
        raise CannotBegin(_("This link has been used or has run out."))
    return _open_for(founding.user, by=by, **facts)


def _open_for(user: User, *, by: Actor, short_name: str, address: str = "", **facts: Any) -> Programme:
    key = uuid.uuid4()
    by = Actor(by.kind, key, by.id)
    with tenant.inside(key):
        try:
            programme = open_programme(slug=address or _address(short_name), short_name=short_name, by=by, **facts)
        except CannotOpen as reason:
            raise CannotBegin(str(reason)) from reason
        membership = Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
        record("gave_role", membership, by=by, role=membership.role)
    return programme


def _address(short_name: str) -> str:
    """The neutral name as it can stand in an address: browsers keep addresses, and the full name says what it is about.

    A name without a single Latin letter gets a plain word.
    """
    whole = slugify(short_name)
    cut = whole if len(whole) <= SHORT else whole[: SHORT + 1].rpartition("-")[0] or whole[:SHORT]
    return cut.strip("-") or "programme"


@transaction.atomic
def join(offer_id: UUID, *, by: Actor) -> Membership:
    """The yes of somebody who was asked, in whichever programme that was. Raises `CannotJoin` for what nobody asks them."""
    programme_id, by = _asked(offer_id, by)
    with tenant.inside(programme_id):
        return accept(Offer.objects.get(pk=offer_id), by=by)


@transaction.atomic
def stay_out(offer_id: UUID, *, by: Actor) -> Offer:
    """Their no, the same way."""
    programme_id, by = _asked(offer_id, by)
    with tenant.inside(programme_id):
        return decline(Offer.objects.get(pk=offer_id), by=by)


def _asked(offer_id: UUID, by: Actor) -> tuple[UUID, Actor]:
    """The programme that asks whoever acts, and how they stand there."""
    programmes = [programme for programme, asked in offers_to(by.id) if asked == offer_id] if by.id else []
    if not programmes:
        raise CannotJoin(_("This has been answered or taken back in the meantime."))
    return programmes[0], Actor(Kind.STAFF, programmes[0], by.id)


@transaction.atomic
def end_role(membership: Membership, *, by: Actor, to: User | None = None) -> Membership:
    """End a role and what hangs on it, all together.

    Somebody who facilitates no more, or has no role here at all, is taken off every
    case they were assigned to, and is not asked for one any more: an assignment is a
    way into a case by itself, so it must not outlive the role. `to` takes on what a coordinator leaves; without them
    it is everyone's who coordinates, and Today says so.
    """
    membership = end_membership(membership, by=by)
    if membership.role == Role.COORDINATOR and to is not None:
        for case in list(coordinated(membership.user)):
            hand_over(case, by=by, to=to)
    held = set(Membership.objects.filter(user=membership.user_id, ended_at__isnull=True).values_list("role", flat=True))
    if not held or (membership.role in HOLD_CASES and held.isdisjoint(HOLD_CASES)):
        for assignment in Assignment.objects.filter(facilitator__user=membership.user_id, ended_at__isnull=True).order_by("case_id"):
            unassign(assignment, by=by)
        end_open(Duty.objects.filter(facilitator__user=membership.user_id), by=by)
    return membership
