"""Faults of the doors: by which somebody would learn who is known here. Planted like those of `plants.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest

from setfair.accounts import devices, pace
from setfair.accounts.adapter import Adapter
from setfair.accounts.queries import account_at


def _answers_at_once(patch: pytest.MonkeyPatch) -> None:
    """Nothing is held back, and where there is no account nobody looks at the password."""
    authenticate = Adapter.authenticate
    patch.setattr(pace, "PACE", 0.0)
    patch.setattr(Adapter, "authenticate", lambda self, request, **said: authenticate(self, request, **said) if account_at(said["email"]) else None)


def _says_who_is_known(patch: pytest.MonkeyPatch) -> None:
    """Whoever types an address that nobody has is told so."""
    authenticate = Adapter.authenticate

    def planted(self: Adapter, request: HttpRequest, **said: Any) -> Any:
        found = authenticate(self, request, **said)
        if not account_at(said["email"]):
            raise self.validation_error("incorrect_code")
        return found

    patch.setattr(Adapter, "authenticate", planted)


def _cookie_for_the_known(patch: pytest.MonkeyPatch) -> None:
    """A browser is remembered before the password is known to be right."""
    failed = Adapter.authentication_failed

    def planted(self: Adapter, request: Any, **said: Any) -> None:
        if account_at(said["email"]):
            request.known_browser = "a" * 43
        failed(self, request, **said)

    patch.setattr(Adapter, "authentication_failed", planted)
    assert devices.Remembered is not None


PLANTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "answers-at-once": _answers_at_once,
    "says-who-is-known": _says_who_is_known,
    "cookie-for-the-known": _cookie_for_the_known,
}
