"""Who may found the first programme of an installation: nobody is known here yet, so nobody can be asked to sign in."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest

from setfair.core.nearby import on_this_machine


def may_found(request: HttpRequest) -> bool:
    """Whoever sits at this machine, or has read the address that `make run` prints. It is another one at each start."""
    key = settings.FIRST_KEY
    return on_this_machine(request) or (bool(key) and secrets.compare_digest(request.GET.get("key", "").encode(), key.encode()))
