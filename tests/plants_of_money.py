"""Faults in how money is divided, added up and heard of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from setfair.restitution import actions, cents


def _float_share(patch: pytest.MonkeyPatch) -> None:
    """Shares are worked out as a computer divides, and cut off."""
    patch.setattr(cents, "split", lambda total, weights: [int(total * (weight / sum(weights))) for weight in weights])


def _rounds_half_up(patch: pytest.MonkeyPatch) -> None:
    """Each part is rounded as at school, the last one too."""

    def parts(total: int, many: int) -> list[int]:
        return [(2 * total + many) // (2 * many)] * many

    patch.setattr(cents, "parts", parts)


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


def _share_of_who_left(patch: pytest.MonkeyPatch) -> None:
    """What somebody had to pay who has left is asked of nobody and shown to nobody."""
    left = cents.still_to_pay

    def still_to_pay(shares: dict, came: dict) -> dict:  # type: ignore[type-arg]
        return left({who: share for who, share in shares.items() if not who.has_left}, came)

    patch.setattr(cents, "still_to_pay", still_to_pay)


def _taken_at_their_word(patch: pytest.MonkeyPatch) -> None:
    """That somebody says they paid counts as if it had come."""

    def came(said: cents.Said) -> int:
        words: Sequence[tuple[str, int]] = said.words
        return words[-1][1] if words else 0

    patch.setattr(cents.Said, "came", property(came))


PLANTS = {
    "float-share": _float_share,
    "rounds-half-up": _rounds_half_up,
    "overpay-swallowed": _overpay_swallowed,
    "form-counted-twice": _form_counted_twice,
    "share-of-who-left": _share_of_who_left,
    "taken-at-their-word": _taken_at_their_word,
}
