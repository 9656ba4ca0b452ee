"""What is remembered of a request for the one stay in which it was sent or written down, so that its page can be opened again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from setfair.access.entry import GRAIN
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Programme

from .draft import opened, sealed
from .models import Referral

BROUGHT, FOR_BROUGHT = "brought here", 60 * 60
"""Under this lies what a member of the team wrote down last, for an hour in which the paper that it stood on can be added."""


def remember(request: HttpRequest, referral: Referral, code: str) -> None:
    now = int(clock.now().timestamp())
    _keep(request, referral.programme_id, {"id": str(referral.pk), "code": code, "since": now, "seen": now})


def asked_here(request: HttpRequest, programme: Programme) -> dict[str, Any] | None:
    """What this stay knows of the request that was sent in it. Ten minutes without a look at it, and it is forgotten."""
    place = f"asked {programme.pk}"
    kept: dict[str, Any] | None = opened(request.session.get(place), place)
    if kept is None:
        return None
    idle, longest = settings.STAYS["bearer"]
    now = int(clock.now().timestamp())
    if now - kept.get("seen", 0) > idle or now - kept.get("since", 0) > longest:
        del request.session[place]
        return None
    if now - kept["seen"] > GRAIN:
        _keep(request, programme.pk, kept | {"seen": now})
    return kept


def forget(request: HttpRequest, programme: Programme) -> None:
    request.session.pop(f"asked {programme.pk}", None)


def mine(request: HttpRequest, programme: Programme) -> tuple[Actor, Referral | None]:
    """Whoever asked in this stay, and their request."""
    kept = asked_here(request, programme)
    actor = Actor(Kind.REFERRER, programme.pk, UUID(kept["id"]) if kept else None)
    return actor, open_to(actor, Permission.FOLLOW_REFERRAL, Referral).first() if kept else None


def remember_brought(request: HttpRequest, referral: Referral) -> None:
    request.session[BROUGHT] = sealed({"id": str(referral.pk), "since": int(clock.now().timestamp())}, BROUGHT)


def brought_here(request: HttpRequest) -> Referral | None:
    """The request that this member of the team wrote down in this stay, within the hour. They add to it, and do not read it."""
    kept = opened(request.session.get(BROUGHT), BROUGHT)
    if kept is None or clock.now().timestamp() - kept["since"] > FOR_BROUGHT:
        return None
    return Referral.objects.filter(pk=kept["id"], entered_by=request.actor.id).first()  # type: ignore[attr-defined]


def _keep(request: HttpRequest, programme: UUID, kept: dict[str, Any]) -> None:
    place = f"asked {programme}"
    request.session[place] = sealed(kept, place)
