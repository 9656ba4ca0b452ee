"""Faults to plant, one at a time, so that a figure or a test can prove that it would notice. Never loaded unless SETFAIR_PLANT names one."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.db import connection

from setfair.access import doors
from setfair.access.policy import POLICY, Permission, Tie
from setfair.core import tenant
from setfair.preparation import actions as preparation


def _door_removed(patch: pytest.MonkeyPatch) -> None:
    """Doors fetch past the policy."""
    patch.setattr(doors, "open_to", lambda actor, permission, model: model._default_manager.all())


def _role_widened(patch: pytest.MonkeyPatch) -> None:
    """Administrators run cases, too."""
    patch.setitem(POLICY, Permission.OPEN_CASE, POLICY[Permission.OPEN_CASE] | {Tie.ADMINISTERS, Tie.BELONGS})


def _ready_without_consent(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whether everyone has agreed."""
    patch.setattr(preparation.queries, "blockers", lambda case, on=None: [])


def _tenant_on_the_session(patch: pytest.MonkeyPatch) -> None:
    """The tenant outlives its transaction on a pooled connection."""

    def tell(programme_id: object) -> None:
        if programme_id:
            with connection.cursor() as cursor:
                cursor.execute(f"SET app.programme = '{programme_id}'")

    patch.setattr(tenant, "_tell", tell)


PLANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "door-removed": _door_removed,
    "role-widened": _role_widened,
    "ready-without-consent": _ready_without_consent,
    "tenant-on-the-session": _tenant_on_the_session,
}


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTS[os.environ["SETFAIR_PLANT"]](monkeypatch)
