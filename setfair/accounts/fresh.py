"""How long ago whoever is signed in showed that it is them."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.http import HttpRequest


def is_fresh(request: HttpRequest) -> bool:
    """Whether they signed in, or showed it once more, within `ACCOUNT_REAUTHENTICATION_TIMEOUT` seconds."""
    user: Any = request.user
    if not user.is_authenticated:
        return False
    shown = [record["at"] for record in get_authentication_records(request, user)]
    return bool(shown) and time.time() - max(shown) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def note_shown(request: Any, user: Any, way: str) -> None:
    """They have just shown it, in a way that the sign-in library does not know of. `request` needs nothing but a session."""
    record_authentication(request, user, way, reauthenticated=True)
