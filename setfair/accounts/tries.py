"""What the owner of an account is told while somebody tries to guess its password: once a day at most, so that nobody can fill a mailbox."""

from __future__ import annotations

from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import get_cache_key, parse_rates
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest
from django.utils import translation

from setfair.core import clock

from .models import User

QUIET = timedelta(days=1)
"""For so long nothing more is said, whatever is tried."""
COUNTED = "login_failed"


def was_tried_often(request: HttpRequest, key: str) -> bool:
    """Whether it is this address that was tried too often, and not some others from the same network."""
    rates = [rate for rate in parse_rates(app_settings.RATE_LIMITS[COUNTED]) if rate.per == "key"]
    kept = ((rate, get_cache_key(request, app="allauth.account", action=COUNTED, rate=rate, key=key)) for rate in rates)
    return any(len(cache.get(place, [])) >= rate.amount for rate, place in kept)


def tell_of_tries(email: str) -> None:
    now = clock.now()
    theirs = User.objects.filter(email__iexact=email, is_active=True)
    if not theirs.filter(Q(told_at__isnull=True) | Q(told_at__lte=now - QUIET)).update(told_at=now):
        return
    user = theirs.get()
    with translation.override(user.language):
        get_adapter().send_mail("account/email/many_tries", user.email, {})
