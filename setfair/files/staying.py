"""Whether what is kept with a case has to stay for now, as a later floor knows it: then nobody takes a file away."""

from __future__ import annotations

from collections.abc import Callable

from setfair.cases.models import Case

Rule = Callable[[Case], bool]
_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Let a later floor say that everything of a case has to stay."""
    if rule not in _rules:
        _rules.append(rule)


def has_to_stay(case: Case) -> bool:
    return any(rule(case) for rule in _rules)
