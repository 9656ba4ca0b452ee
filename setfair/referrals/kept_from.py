"""Requests that a member of the staff is kept from, as a later floor says it.

A request is the beginning of a case; whoever is kept out of the case finds its
beginning no more either. The floor of the cases registers its rule at start.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from setfair.access.ties import Reach, under
from setfair.core.actor import Actor

Rule = Callable[[Actor], Q]
_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Let a later floor name the requests that this actor is kept from."""
    if rule not in _rules:
        _rules.append(rule)


def without_those(reach: Reach) -> Reach:
    """The same tie, but for what the rules name."""

    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        if q is not None:
            for rule in _rules:
                q = q & ~rule(actor)
        return q

    return reached


def without_theirs(reach: Reach) -> Reach:
    """The same for a tie to what hangs on a request."""

    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        if q is not None:
            for rule in _rules:
                q = q & ~under("referral", rule(actor))
        return q

    return reached
