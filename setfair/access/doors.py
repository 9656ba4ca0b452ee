"""Every view hangs behind a door. Fetching is checking: to those who may not, the thing is not there."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.doors import View, open_door
from setfair.core.moulds import Mould
from setfair.journal.actions import note_reading
from setfair.programmes.models import Programme

from .handed import handed_by, taken_back
from .limits import deny
from .policy import POLICY, Permission, Tie
from .ties import EVERY, may, open_to, stands_in

__all__ = ["door", "open_door"]

OWN_PAGES = frozenset({Tie.TAKES_PART, Tie.REFERRED, Tie.SENDS})
"""Ties of people without an account: they are sent to the code page, never to staff sign-in."""

ON_THE_TABLET = frozenset({Tie.HOLDS_TABLET})
"""The tie of a device that was handed round: it opens these pages, and these pages open to nothing else."""

NOT_NOTED = frozenset({Permission.ANSWER_DUTY})
"""What one opens here is one's own question, with nothing of the case in it; a line of that beside a tick "I know someone" would tell who ticked."""


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
            row = _own(request, permission) if model is Programme else _named(where, actor, permission, model)
            if row is None:
                deny(request, permission)
                raise Http404
            if actor.kind == Kind.TABLET and not _still_handed(request, row):
                return taken_back(request)
            if actor.kind == Kind.STAFF and permission not in NOT_NOTED and row.case_key() is not None:  # type: ignore[attr-defined]
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


def _named(where: dict[str, Any], actor: Actor, permission: Permission, model: type[models.Model]) -> models.Model | None:
    for key in ("pk", "ref"):
        if key in where:
            return _row(actor, permission, model, key, where.pop(key))
    return _row(actor, permission, model, "pk", actor.id) if actor.kind in (Kind.PARTICIPANT, Kind.REFERRER, Kind.TABLET) else None


def _row(actor: Actor, permission: Permission, model: type[models.Model], key: str, value: Any) -> models.Model | None:
    if actor.programme_id is None or actor.id is None or type(value) not in (str, UUID):
        return open_to(actor, permission, model).filter(**{key: value}).first()
    values = {"programme": actor.programme_id, "me": actor.id, "value": value, "now": clock.now()}
    return THE_ROW.first(values=values, kind=actor.kind, roles=actor.roles, permission=permission, model=model, key=key)


def _the_row(
    *, kind: Kind, roles: frozenset[str], permission: Permission, model: type[models.Model], key: str, programme: UUID, me: UUID, value: Any
) -> models.QuerySet[models.Model]:
    return open_to(Actor(kind, programme, me, roles), permission, model).filter(**{key: value}).order_by("pk")[:1]


THE_ROW = Mould(_the_row)


def _still_handed(request: HttpRequest, row: models.Model) -> bool:
    """Whoever handed the tablet over may still do so now: it opens no more than they could."""
    giver = handed_by(request)
    return giver is not None and may(giver, Permission.HAND_TABLET, row)
