"""Whether what is kept with a case or a request has to stay for now, as a later floor knows it: then nobody takes a file away."""

from __future__ import annotations

from collections.abc import Callable

from setfair.cases.models import Case
from setfair.referrals.models import Referral

Rule = Callable[[Case | Referral], bool]
_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Let a later floor say that everything of a case, or of a request, has to stay."""
    if rule not in _rules:
        _rules.append(rule)


def has_to_stay(about: Case | Referral) -> bool:
    return any(rule(about) for rule in _rules)
