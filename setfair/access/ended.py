"""Why a page is shut, said to a device that keeps something of whoever was in (decision 167).

A stay that ran out is taken up again by whoever it was, so what lies on their device may wait for them there for a while. One that
somebody ended, here or from another device, does not, nor one whose owner may not open the page any more: that device forgets at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare

from setfair.core import tenant
from setfair.core.actor import Actor, Kind

from . import entry
from .ties import open_to

RAN_OUT, ENDED = "ran_out", "ended"
View = TypeVar("View", bound=Callable[..., Any])


def says_why(view: View) -> View:
    """Marks what a device asks by itself, outside `door`: where it is shut it answers with the reason, and leads nowhere."""
    view.says_why = True  # type: ignore[attr-defined]
    return view


def asks_why(view: Any) -> bool:
    return getattr(view, "says_why", False)


def said(request: HttpRequest, view: Any, where: dict[str, Any]) -> HttpResponse:
    """One of two words. Whatever is not known to have run out counts as ended."""
    return JsonResponse({"why": RAN_OUT if _ran_out(request, view, where) else ENDED}, status=401)


def _ran_out(request: HttpRequest, view: Any, where: dict[str, Any]) -> bool:
    """Whether the last stay in this browser ended by time alone, nobody ended it since, and its owner could open this page now.

    That it ran out lies in the session that came after it (`entry.LEFT`). To sign in elsewhere, to look at one's stays, or
    another password, ends it as well.
    """
    left = request.session.get(entry.LEFT)
    if left is None or entry.is_shared(request) or request.actor.id is not None:  # type: ignore[attr-defined]
        return False
    stay = UserSession.objects.filter(pk=left["stay"], user__is_active=True).select_related("user").first()
    if stay is None or not constant_time_compare(left["hash"], stay.user.get_session_auth_hash()):
        return False
    return any(
        _opens(Actor(Kind.STAFF, programme, stay.user_id, roles), view, where) for programme, roles in entry.memberships_of(stay.user_id).items()
    )


def _opens(actor: Actor, view: Any, where: dict[str, Any]) -> bool:
    permission, model = view.door
    assert actor.programme_id is not None  # noqa: S101
    with tenant.inside(actor.programme_id):
        return open_to(actor, permission, model).filter(**where).exists()
