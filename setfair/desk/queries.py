from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.access.entry import offers_to
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.accounts.models import User
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Hold
from setfair.core import tenant
from setfair.core.actor import Actor, Kind
from setfair.core.moulds import Mould
from setfair.programmes.models import Membership, Offer, Programme, Role

from .paging import Place, from_place
from .rows import with_facts

MOST_SHOWN = 40
"""On the front page. An installation with more has its own ways to send people to their programme."""


@dataclass(frozen=True)
class Shown:
    name: str
    slug: str


def nothing_here() -> bool:
    """Whether this installation has neither a programme nor an account."""
    return not _ids(1) and not User.objects.exists()


def is_a_demo() -> bool:
    """Whether the programmes of this installation are invented. They and real ones never share a database."""
    for programme_id in _ids(1):
        with tenant.inside(programme_id):
            return Programme.objects.get(pk=programme_id).is_demo
    return False


def programmes_here() -> list[Shown]:
    """The programmes of this installation by name, as their public pages name themselves."""
    shown = []
    for programme_id in _ids(MOST_SHOWN):
        with tenant.inside(programme_id):
            programme = Programme.objects.get(pk=programme_id)
            shown.append(Shown(programme.name, programme.slug))
    return sorted(shown, key=lambda one: one.name.casefold())


@dataclass(frozen=True)
class Asking:
    """A programme that asks somebody to join it, in its own name."""

    offer_id: UUID
    programme: str
    role: str


def asking_to_join(user_id: UUID) -> list[Asking]:
    found = []
    for programme_id, offer_id in offers_to(user_id):
        with tenant.inside(programme_id):
            offer = Offer.objects.select_related("programme").get(pk=offer_id)
            found.append(Asking(offer_id, offer.programme.name, offer.get_role_display()))
    return found


def listed(actor: Actor, tab: str, stage: str = "") -> QuerySet[Case]:
    """The cases under one tab of the list (mine, open, hold, closed) that this person may open."""
    rows = open_to(actor, Permission.OPEN_CASE, Case)
    if tab == "closed":
        return rows.filter(stage=Stage.CLOSED)
    resting = Exists(Hold.objects.filter(case=OuterRef("pk"), lifted_at__isnull=True))
    helped = Exists(Assignment.objects.filter(case=OuterRef("pk"), facilitator__user=actor.id, ended_at__isnull=True))
    under = {"mine": Q(coordinator=actor.id) | helped, "hold": resting}.get(tab, Q())
    rows = rows.exclude(stage=Stage.CLOSED).filter(under)
    return rows.filter(stage=stage) if stage else rows


def _a_page(*, kind: Kind, roles: frozenset[str], tab: str, stage: str, way: str, programme: UUID, me: UUID, **place: Any) -> QuerySet[Any]:
    return from_place(with_facts(listed(Actor(kind, programme, me, roles), tab, stage)), way, **place)


A_PAGE = Mould(_a_page)


def listed_at(actor: Actor, tab: str, stage: str, way: str, place: Place | None) -> list[Any]:
    """The same, as much of it as a page shows, with the facts of each line."""
    values = {"programme": actor.programme_id, "me": actor.id} | (dict(zip(("at", "key"), place, strict=True)) if place else {})
    return A_PAGE.ask(values=values, kind=actor.kind, roles=actor.roles, tab=tab, stage=stage, way=way)


def shares_the_work(actor: Actor) -> bool:
    """Whether this person coordinates here and somebody else does too."""
    if not actor.has(Role.COORDINATOR):
        return False
    return OTHERS.first(values={"me": actor.id}) is not None


OTHERS = Mould(lambda *, me: Membership.objects.filter(role=Role.COORDINATOR, ended_at__isnull=True).exclude(user=me).values_list("pk")[:1])


def _ids(most: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here() LIMIT %s", [most])
        return [row[0] for row in cursor.fetchall()]
