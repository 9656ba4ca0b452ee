"""Who wants no notes about themselves, as a later floor knows it from their answers."""

from __future__ import annotations

from collections.abc import Callable

from setfair.cases.models import Participation

Rule = Callable[[Participation], bool]
_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Let a later floor say that somebody wants no notes."""
    if rule not in _rules:
        _rules.append(rule)


def unwanted(about: Participation) -> bool:
    return any(rule(about) for rule in _rules)
