from __future__ import annotations

from collections.abc import Iterable

from django import template

from setfair.desk.setup import Check

register = template.Library()


@register.filter
def not_done(checks: Iterable[Check]) -> list[Check]:
    return [check for check in checks if not check.done]


@register.filter
def done_count(checks: Iterable[Check]) -> int:
    return sum(check.done for check in checks)


@register.filter
def gap(name: str) -> str:
    """A letter's gap as it is written in the text."""
    return "{" + name + "}"
