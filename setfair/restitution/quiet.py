"""Who is asked nothing and told nothing of money, for a reason that only a later floor knows. It registers itself in its `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable

from setfair.cases.models import Participation

Rule = Callable[[Participation], bool]
_rules: list[Rule] = []


def register(rule: Rule) -> None:
    if rule not in _rules:
        _rules.append(rule)


def is_quiet(me: Participation) -> bool:
    """Whether what the others say of money is kept from this person: they wanted no news."""
    return any(rule(me) for rule in _rules)
