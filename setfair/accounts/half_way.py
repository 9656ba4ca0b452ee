"""Of a sign-in on a new browser that stops at the second step its owner is told: whoever came so far has the password, or reads the mailbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.mfa.stages import AuthenticateStage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from setfair.core import clock, tenant
from setfair.core.actor import system
from setfair.letters.actions import withdraw_waiting
from setfair.letters.models import Letter
from setfair.vault.master import digest

from .browsers import named
from .devices import is_known, sign_of
from .models import User
from .queries import first_programme_of

WAITS = timedelta(seconds=app_settings.LOGIN_TIMEOUT)
"""How long the second step can be taken: the letter waits for so long, and does not go when it was."""
MOST = 5
"""Letters for one account and day."""
HALF_WAY = "half_way"
"""In a stay that is not one yet: where the letter waits, and which it is."""


class Stage(AuthenticateStage):
    """The library's own, heard when it is entered."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        response, goes_on = super().handle()
        if response is not None:
            note_half_way(self.request, self.login.user)
        return response, goes_on


@transaction.atomic
def note_half_way(request: HttpRequest, user: User) -> None:
    """Write the letter, once for each browser and day."""
    sign, place = sign_of(request), first_programme_of(user.pk)
    if place is None or is_known(user, sign):
        return
    now = clock.now()
    day = f"half way {now:%y%m%d} {user.pk}"
    key = f"{day} {user.epoch} {digest('device', sign).hex()[:16]}"
    with tenant.inside(place):
        if Letter.objects.filter(reader_id=user.pk, key__startswith=day).exclude(key=key).count() >= MOST:
            return
    with translation.override(user.language):
        get_adapter().queue(
            "account/email/half_way", user.email, {"device": named(request.headers.get("User-Agent", ""))}, key=key, due_at=now + WAITS
        )
    request.session[HALF_WAY] = [str(place), key]


def note_whole(sender: Any, request: HttpRequest, user: User, **told: Any) -> None:
    """Heard when somebody has signed in: what waited for that to fail does not go."""
    place, key = request.session.pop(HALF_WAY, ("", ""))
    if place:
        with tenant.inside(place):
            withdraw_waiting(key, reader=user.pk, by=system(place))
