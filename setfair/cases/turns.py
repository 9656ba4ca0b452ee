"""Whose turn is next when somebody has said no, and whether a place is still empty: a later floor knows the times, and answers."""

from __future__ import annotations

from collections.abc import Callable

from setfair.facilitators.models import Facilitator

from .models import Duty

Chooser = Callable[[Duty], Facilitator | None]
Need = Callable[[Duty], bool]
_choosers: list[Chooser] = []
_needs: list[Need] = []


def register(chooser: Chooser) -> None:
    """Let a later floor choose (in its `apps.ready`): asked with a place that nobody has, it gives whoever could take it now, or None."""
    if chooser not in _choosers:
        _choosers.append(chooser)


def register_need(need: Need) -> None:
    """Let a later floor say whether the place of that question is still to be filled."""
    if need not in _needs:
        _needs.append(need)


def is_needed(duty: Duty) -> bool:
    return all(need(duty) for need in _needs)


def next_for(duty: Duty) -> Facilitator | None:
    return next((found for chooser in _choosers if (found := chooser(duty)) is not None), None)
