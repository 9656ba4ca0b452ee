"""Who may found a programme: the first one of an installation, and each one after it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from setfair.accounts.models import User
from setfair.accounts.queries import is_link
from setfair.core import clock
from setfair.core.nearby import on_this_machine
from setfair.vault.master import digest

from .arrival import may_try, was_right
from .limits import deny
from .models import Founding

DAYS = 7


def may_found(request: HttpRequest) -> bool:
    """The first one: nobody is known here yet, so nobody can be asked to sign in. Whoever sits at this machine may, or has read the
    address that `make run` prints. It is another one at each start."""
    key = settings.FIRST_KEY
    return on_this_machine(request) or (bool(key) and secrets.compare_digest(request.GET.get("key", "").encode(), key.encode()))


@transaction.atomic
def let_found(user: User) -> str:
    """The token of a link by which this account founds one more programme, once, within `DAYS`. One made for them before and not used ends."""
    Founding.objects.filter(user=user, spent_at__isnull=True).delete()
    token = secrets.token_urlsafe(32)
    Founding.objects.create(user=user, digest=digest("founding", token), expires_at=clock.now() + timedelta(days=DAYS))
    return token


def founding_behind(request: HttpRequest, token: str) -> Founding | None:
    """What this link lets somebody found; looking spends nothing. None when it was used, has run out or leads nowhere, and after too many tries."""
    if not is_link(token) or not may_try(request, token):
        return None
    found = Founding.objects.filter(digest=digest("founding", token), spent_at__isnull=True, expires_at__gt=clock.now()).first()
    if found is None:
        deny(request, "found")
    else:
        was_right(request, token)
    return found


def spend(founding: Founding) -> bool:
    """Whether the link was still good, and is used up by this. Of any number of tries at the same instant one is told yes."""
    now = clock.now()
    return Founding.objects.filter(pk=founding.pk, spent_at__isnull=True, expires_at__gt=now).update(spent_at=now) == 1
