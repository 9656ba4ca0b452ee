"""Whose turn is next when somebody has said no: a later floor knows the times, and answers."""

from __future__ import annotations

from collections.abc import Callable

from setfair.facilitators.models import Facilitator

from .models import Duty

Chooser = Callable[[Duty], Facilitator | None]
_choosers: list[Chooser] = []


def register(chooser: Chooser) -> None:
    """Let a later floor choose (in its `apps.ready`): asked with a place that nobody has, it gives whoever could take it now, or None."""
    if chooser not in _choosers:
        _choosers.append(chooser)


def next_for(duty: Duty) -> Facilitator | None:
    return next((found for chooser in _choosers if (found := chooser(duty)) is not None), None)
