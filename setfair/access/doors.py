"""Every view hangs behind a door. Fetching is checking: to those who may not, the thing is not there."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

from setfair.core.actor import Kind
from setfair.core.doors import View, open_door
from setfair.programmes.models import Programme

from .limits import deny
from .policy import POLICY, Permission, Tie
from .ties import EVERY, open_to, stands_in

__all__ = ["door", "open_door"]

OWN_PAGES = frozenset({Tie.TAKES_PART, Tie.REFERRED})
"""Ties of people without an account: they are sent to the code page, never to staff sign-in."""


def door(permission: Permission, model: type[models.Model] = Programme) -> Callable[[View], View]:
    """Let in whoever holds `permission` over the row that the URL names, and hand the row to the view.

    The URL gives `pk`, or `ref` for what is spoken of by a reference; without either,
    the row is the actor's own programme (lists, Today, settings) or, on people's own
    pages, the one row their pass stands for. Anyone else gets 404, the same as for a
    row that does not exist, and the attempt is counted on a connection of its own.
    """

    def hang(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **where: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            row = _own(request, permission) if model is Programme else open_to(actor, permission, model).filter(**_named(where, actor)).first()
            if row is None:
                deny(request, permission)
                raise Http404
            return view(request, row, **where)

        guarded.door = (permission, model)  # type: ignore[attr-defined]
        if POLICY[permission] <= OWN_PAGES:
            guarded.own_page = True  # type: ignore[attr-defined]
        return guarded

    return hang


def _own(request: HttpRequest, permission: Permission) -> Programme | None:
    """The programme that the front door has just read, as an object of the view's own: what a form writes into it does not show around the page."""
    held = stands_in(request.actor, permission, Programme)  # type: ignore[attr-defined]
    return copy(request.programme) if held == EVERY else None  # type: ignore[attr-defined]


def _named(where: dict[str, Any], actor: Any) -> dict[str, Any]:
    for key in ("pk", "ref"):
        if key in where:
            return {key: where.pop(key)}
    if actor.kind in (Kind.PARTICIPANT, Kind.REFERRER):
        return {"pk": actor.id}
    return {"pk": None}
