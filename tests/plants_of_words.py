"""Faults in how an agreement is signed."""

from __future__ import annotations

import pytest

from setfair.agreements import queries
from setfair.agreements.actions import signing
from setfair.agreements.models import Agreement


def signing_lock_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Whoever signs holds neither the case nor the agreement: of the last two neither sees the other's name."""
    patch.setattr(queries, "lock", lambda agreement: Agreement.objects.select_related("case", "conference").get(pk=agreement.pk))


def last_name_not_counted(patch: pytest.MonkeyPatch) -> None:
    """Nothing comes of the last name: everyone has signed, and it is still being signed."""
    patch.setattr(signing, "come_into_force", lambda agreement, by: None)


PLANTS = {"signing-lock-forgotten": signing_lock_forgotten, "last-name-not-counted": last_name_not_counted}
