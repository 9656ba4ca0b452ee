"""Who is told to look when whoever asked says something more.

A request without a case is everyone's who coordinates here. Once it has become a
case, the floor of the cases knows whose it is, and registers one function at start.
"""

from __future__ import annotations

from collections.abc import Callable

from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.accounts.models import User
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Role
from setfair.programmes.queries import coordinating

from .models import Referral

Hearing = Callable[[Referral, Actor], list[User] | None]
_hearings: list[Hearing] = []


def register(hearing: Hearing) -> None:
    """Let a later floor write down in its own place that something was added, and name who is told; None where it has nothing to do with it."""
    if hearing not in _hearings:
        _hearings.append(hearing)


def readers(referral: Referral, by: Actor) -> list[User]:
    """Whom it is told to, each once."""
    named = [user for hearing in _hearings for user in hearing(referral, by) or ()]
    return list({user.pk: user for user in named or _coordinators(referral)}.values())


def _coordinators(referral: Referral) -> list[User]:
    users = [member.user for member in coordinating().select_related("user").order_by("user__name", "pk")]
    roles = frozenset({Role.COORDINATOR.value})
    return [u for u in users if may(Actor(Kind.STAFF, referral.programme_id, u.pk, roles), Permission.READ_REFERRAL, referral)]
