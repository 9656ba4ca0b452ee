"""Faults in how money is added up and heard of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from setfair.restitution import actions, cents


def _overpay_swallowed(patch: pytest.MonkeyPatch) -> None:
    """More than was promised is taken as just that."""
    add_up = cents.standing

    def standing(promised: int, paid: Iterable[cents.Said]) -> cents.Standing:
        stands = add_up(promised, paid)
        return cents.Standing(promised, min(stands.came, promised), stands.waits)

    patch.setattr(cents, "standing", standing)


def _form_counted_twice(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whether a form was heard before."""
    patch.setattr(actions, "_heard_before", lambda item, known, form_key: None)


def _taken_at_their_word(patch: pytest.MonkeyPatch) -> None:
    """That somebody says they paid counts as if it had come."""

    def came(said: cents.Said) -> int:
        words: Sequence[tuple[str, int]] = said.words
        return words[-1][1] if words else 0

    patch.setattr(cents.Said, "came", property(came))


PLANTS = {
    "overpay-swallowed": _overpay_swallowed,
    "form-counted-twice": _form_counted_twice,
    "taken-at-their-word": _taken_at_their_word,
}
