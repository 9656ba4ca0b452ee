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
from setfair.journal.actions import note_reading
from setfair.programmes.models import Programme

from .handed import handed_by, taken_back
from .limits import deny
from .policy import POLICY, Permission, Tie
from .ties import EVERY, may, open_to, stands_in

__all__ = ["door", "open_door"]

OWN_PAGES = frozenset({Tie.TAKES_PART, Tie.REFERRED})
"""Ties of people without an account: they are sent to the code page, never to staff sign-in."""

ON_THE_TABLET = frozenset({Tie.HOLDS_TABLET})
"""The tie of a device that was handed round: it opens these pages, and these pages open to nothing else."""


def door(permission: Permission, model: type[models.Model] = Programme) -> Callable[[View], View]:
    """Let in whoever holds `permission` over the row that the URL names, and hand the row to the view.

    The URL gives `pk`, or `ref` for what is spoken of by a reference; without either,
    the row is the actor's own programme (lists, Today, settings) or, on people's own
    pages, the one row their pass stands for. Anyone else gets 404, the same as for a
    row that does not exist, and the attempt is counted on a connection of its own.
    That a member of the staff opened anything of a case stands in the journal.
    """

    def hang(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **where: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            row = _own(request, permission) if model is Programme else open_to(actor, permission, model).filter(**_named(where, actor)).first()
            if row is None:
                deny(request, permission)
                raise Http404
            if actor.kind == Kind.TABLET and not _still_handed(request, row):
                return taken_back(request)
            if actor.kind == Kind.STAFF and row.case_key() is not None:  # type: ignore[attr-defined]
                note_reading(row, by=actor)  # type: ignore[arg-type]
            return view(request, row, **where)

        guarded.door = (permission, model)  # type: ignore[attr-defined]
        if POLICY[permission] <= OWN_PAGES:
            guarded.own_page = True  # type: ignore[attr-defined]
        if POLICY[permission] == ON_THE_TABLET:
            guarded.on_tablet = True  # type: ignore[attr-defined]
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
    if actor.kind in (Kind.PARTICIPANT, Kind.REFERRER, Kind.TABLET):
        return {"pk": actor.id}
    return {"pk": None}


def _still_handed(request: HttpRequest, row: models.Model) -> bool:
    """Whoever handed the tablet over may still do so now: it opens no more than they could."""
    giver = handed_by(request)
    return giver is not None and may(giver, Permission.HAND_TABLET, row)
