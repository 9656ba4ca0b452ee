"""From a tie to the rows it reaches.

A model behind doors has `ties`: for each tie a function from the actor to a `Q`, or
to None when the actor cannot stand in that tie at all. What belongs to a case does
not repeat them: it says `ties = inherited("case", ...)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Role

from .policy import POLICY, Permission, Tie

Reach = Callable[[Actor], Q | None]
Ties = Mapping[Tie, Reach]
Row = TypeVar("Row", bound=models.Model)

EVERY = Q()
"""All rows of the actor's programme; `open_to` always adds the programme itself."""


def role_tie(*roles: str) -> Reach:
    """Reaches every row of the programme for those who hold one of the roles there."""
    return lambda actor: EVERY if actor.kind == Kind.STAFF and actor.has(*roles) else None


OF_THE_PROGRAMME: Ties = {
    Tie.COORDINATES: role_tie(Role.COORDINATOR),
    Tie.SUPERVISES: role_tie(Role.SUPERVISOR),
    Tie.ADMINISTERS: role_tie(Role.ADMINISTRATOR),
    Tie.SAFEGUARDS: role_tie(Role.SAFEGUARDING),
    Tie.BELONGS: role_tie(*Role.values),
    Tie.SENDS: lambda actor: EVERY if actor.kind == Kind.OFFICE else None,
}
"""Ties that stand to the programme as a whole."""


def inherited(path: str, source: Callable[[], Ties], only: frozenset[Tie] | None = None, **own: Reach) -> Callable[[], Ties]:
    """The ties of what this row hangs on, reached through `path`; `own` ties of the row (by tie name) come before them.

    `only` lets fewer ties through: a participant of the case is not thereby let to
    every row under it.
    """

    def ties() -> Ties:
        given: dict[Tie, Reach] = {tie: _through(path, reach) for tie, reach in source().items() if only is None or tie in only}
        return given | {Tie(name): reach for name, reach in own.items()}

    return ties


def _through(path: str, reach: Reach) -> Reach:
    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        return None if q is None else under(path, q)

    return reached


def under(path: str, q: Q) -> Q:
    """The same condition, about the row that `path` leads to."""
    moved = Q()
    moved.connector, moved.negated = q.connector, q.negated
    moved.children = [under(path, c) if isinstance(c, Q) else (f"{path}__{c[0]}", c[1]) for c in q.children]
    return moved


def ties_of(model: type[models.Model]) -> Ties:
    """What the model declares; the programme's own rows (rooms, windows, scripts) stand with the programme itself."""
    if model._meta.app_label == "programmes":
        return OF_THE_PROGRAMME
    declared: Any = model.ties  # type: ignore[attr-defined]
    return declared() if callable(declared) else declared


def stands_in(actor: Actor, permission: Permission, model: type[models.Model]) -> Q | None:
    """One `Q` for all the ways in which the actor holds the permission over rows of `model`; None for no way at all."""
    reach, found = ties_of(model), None
    for tie in sorted(POLICY[permission]):
        q = reach[tie](actor) if tie in reach else None
        if q is not None:
            if q == EVERY:
                return EVERY
            found = q if found is None else found | q
    return found


def open_to(actor: Actor, permission: Permission, model: type[Row]) -> models.QuerySet[Row]:
    """The rows over which the actor holds the permission. Everything that lists, counts, searches or exports starts here."""
    q = stands_in(actor, permission, model)
    rows = model._default_manager.all()
    if q is None or actor.programme_id is None:
        return rows.none()
    own = {"pk": actor.programme_id} if model._meta.label == "programmes.Programme" else {"programme": actor.programme_id}
    return rows.filter(q, **own)


def ways_to(actor: Actor, permissions: Iterable[Permission], model: type[models.Model]) -> dict[str, Any]:
    """Annotations by which `held` says of each row which of these permissions the actor holds over it.

    Each tie is asked once, however many permissions it opens: eight of them, each with its
    own copy of the ties, took the database 24 ms to plan behind the second wall.
    """
    reach = ties_of(model)
    ties = sorted({tie for permission in permissions for tie in POLICY[permission] if tie in reach})
    mine = {tie: q for tie in ties if (q := reach[tie](actor)) is not None}
    rows = model._default_manager.filter(programme=actor.programme_id, pk=models.OuterRef("pk"))
    return {f"stands_{tie}": models.Exists(rows.filter(q)) for tie, q in mine.items()}


def held(ways: Mapping[str, Any], permissions: Iterable[Permission]) -> set[Permission]:
    """Which of these permissions the ties open in which the actor was found to stand; the same answer as `may`."""
    return {permission for permission in permissions if any(ways.get(f"stands_{tie}") for tie in POLICY[permission])}


def may(actor: Actor, permission: Permission, row: models.Model) -> bool:
    """The same question about one row; never a second rule."""
    return open_to(actor, permission, type(row)).filter(pk=row.pk).exists()
