"""Faults in how an agreement is signed."""

from __future__ import annotations

import time

import pytest

from setfair.agreements import queries
from setfair.agreements.actions import signing
from setfair.agreements.models import Agreement


def signing_lock_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Whoever signs holds neither the case nor the agreement, and the machine is slow for a moment: of the last two neither sees the other's name."""
    patch.setattr(queries, "lock", lambda agreement: Agreement.objects.select_related("case", "conference").get(pk=agreement.pk))
    patch.setattr(signing.letters, "let_rest_go", lambda *given, by: time.sleep(0.3))


def last_name_not_counted(patch: pytest.MonkeyPatch) -> None:
    """Nothing comes of the last name: everyone has signed, and it is still being signed."""
    patch.setattr(signing, "come_into_force", lambda agreement, by: None)


PLANTS = {"signing-lock-forgotten": signing_lock_forgotten, "last-name-not-counted": last_name_not_counted}
