"""Faults in how a time is found, offered and booked."""

from __future__ import annotations

import time
from typing import Any

import pytest

from setfair.scheduling.actions import booking, offering
from setfair.scheduling.queries import laid_out


def helper_kept_twice(patch: pytest.MonkeyPatch) -> None:
    """Nobody is held while times are offered: of two who want the same helper at once neither sees the other."""
    patch.setattr(offering, "hold_people", lambda case: None)


def search_reads_every_booking(patch: pytest.MonkeyPatch) -> None:
    """The search for a time takes in all that was ever booked to see what is taken."""
    taken = laid_out._taken

    def read(*given: Any) -> Any:
        for one in laid_out.Booking.objects.values("id", "case", "room", "during", "made_at"):
            laid_out.Room(pk=one["room"])
        return taken(*given)

    patch.setattr(laid_out, "_taken", read)


def search_forgets_curfews(patch: pytest.MonkeyPatch) -> None:
    """The search does not know when somebody may be out; a booking does."""
    patch.setattr(laid_out, "out_hours", lambda *given: {})


def slow_hand_on_people(patch: pytest.MonkeyPatch) -> None:
    """Whoever books holds the people three seconds longer than they need."""
    held = booking.hold_people
    patch.setattr(booking, "hold_people", lambda case: (held(case), time.sleep(3)))


PLANTS = {
    "helper-kept-twice": helper_kept_twice,
    "slow-hand-on-people": slow_hand_on_people,
    "search-reads-every-booking": search_reads_every_booking,
    "search-forgets-curfews": search_forgets_curfews,
}
