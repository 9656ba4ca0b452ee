"""Who reads what was written past those who run a meeting, and the ties that follow from it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q

from setfair.access.policy import Tie
from setfair.access.ties import Reach, Ties
from setfair.cases.ties import sealed_from
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Role


def ties() -> Ties:
    return {Tie.SUPERVISES: _written_to(Role.SUPERVISOR), Tie.ADMINISTERS: _written_to(Role.ADMINISTRATOR)}


def _written_to(role: str) -> Reach:
    """Rows written to this role, but for whoever coordinates, or has a part in the case: they read only what nobody else could have read."""

    def reach(actor: Actor) -> Q | None:
        if actor.kind != Kind.STAFF or not actor.has(role):
            return None
        shut = ~_of_cases(sealed_from(actor))
        to_anyone = Q(reads="anyone") & shut & ~_of_cases(_rows("Exclusion").filter(user=actor.id, ended_at__isnull=True).values("case_id"))
        if actor.has(Role.COORDINATOR):
            return to_anyone
        return to_anyone | Q(reads=role) & shut & ~_of_cases(_touched(actor))

    return reach


def _touched(actor: Actor) -> Any:
    """Cases they coordinate, facilitate or facilitated, or are kept out of."""
    assigned = _rows("Assignment").filter(facilitator__user=actor.id).values("case_id")
    kept_out = _rows("Exclusion").filter(user=actor.id, ended_at__isnull=True).values("case_id")
    return _rows("Case").filter(Q(coordinator=actor.id) | Q(pk__in=assigned) | Q(pk__in=kept_out)).values("pk")


def _of_cases(keys: Any) -> Q:
    return Q(case__isnull=False, case__in=keys)


def _rows(name: str) -> Any:
    return apps.get_model("cases", name)._default_manager.all()
