"""Which browsers an account was signed in with, and what its owner is told of a new one.

A browser is known by a random sign in a cookie, and not by what it says of itself: a colleague beside you may have the very same one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.models import F, Func, Value
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from setfair.core import clock
from setfair.vault.master import digest

from .browsers import named
from .models import Browser, StepGone, User
from .second_step import end_stays, let_go

KEPT = timedelta(days=400)
"""How long a browser is known that nobody signs in with: as long as browsers keep a cookie."""
ANSWERED = timedelta(days=2)
"""How long the link in the letter can be opened."""
SIGN = re.compile(r"[\w-]{43}")
STAY = "browser"
"""In a stay: the browser that it began in."""
_told: list[Callable[[User], None]] = []


class Remembered:
    """Gives a browser its sign with the answer to the first sign-in in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sign = getattr(request, "known_browser", "")
        if sign:
            response.set_cookie(
                settings.KNOWN_COOKIE_NAME,
                sign,
                max_age=KEPT,
                secure=settings.KNOWN_COOKIE_SECURE,
                httponly=settings.KNOWN_COOKIE_HTTPONLY,
                samesite=settings.KNOWN_COOKIE_SAMESITE,
            )
        return response


def sign_of(request: Any) -> str:
    """The sign that this browser brought; a new one for it if it brought none."""
    brought = request.COOKIES.get(settings.KNOWN_COOKIE_NAME, "")
    request.known_browser = brought if SIGN.fullmatch(brought) else secrets.token_urlsafe(32)
    return request.known_browser


def is_known(user: User, sign: str) -> bool:
    return Browser.objects.filter(user=user, digest=digest("device", sign)).exists()


@transaction.atomic
def note_sign_in(sender: Any, request: Any, user: User, **told: Any) -> None:
    """Heard when somebody has signed in. Of the first browser there is nobody to be told; of each other one the owner is."""
    sign = sign_of(request)
    is_first = not Browser.objects.filter(user=user).exists()
    device, is_new = Browser.objects.update_or_create(user=user, digest=digest("device", sign), defaults={"seen_at": clock.now()})
    request.session[STAY] = str(device.pk)
    if is_new and not is_first:
        _tell(device, request.headers.get("User-Agent", ""))


def _tell(device: Browser, user_agent: str) -> None:
    link, user = secrets.token_urlsafe(32), device.user
    Browser.objects.filter(pk=device.pk).update(alarm=digest("not me", link))
    with translation.override(user.language):
        where = f"{settings.SITE_ADDRESS}{reverse('not_me', args=[link])}"
        get_adapter().send_mail("account/email/new_device", user.email, {"device": named(user_agent), "link": where})


def note_set_up(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    """Heard when a second step is set up: in which browser, as the stay knows it and not as the browser says."""
    here = Browser.objects.filter(user=user, pk=request.session.get(STAY))
    here.update(set_up=Func(F("set_up"), Value(authenticator.pk), function="array_append"))


@transaction.atomic
def disown(link: str) -> bool:
    """Whoever got the letter says that it was not them: every stay ends, and the password opens nothing any more.

    Whoever reads the mailbox can say it as well. So no second step goes but one that was set up in a stay in that very browser;
    any other, another administrator takes away. False when the link was used or is too old.
    """
    device = Browser.objects.select_for_update().filter(alarm=digest("not me", link), since__gt=clock.now() - ANSWERED).first()
    if device is None:
        return False
    user = device.user
    user.set_unusable_password()
    user.save(update_fields=["password"])
    let_go(Authenticator.objects.filter(user=user, pk__in=device.set_up), why=StepGone.Why.DISOWNED, by=None)
    end_stays(user)
    device.delete()
    with translation.override(user.language):
        get_adapter().send_mail("account/email/disowned", user.email, {})
    for tell in _told:
        tell(user)
    return True


def when_disowned(tell: Callable[[User], None]) -> None:
    """Have this told, in the same transaction, when the owner of an account says that it was not them."""
    _told.append(tell)


def end_stay(user: Any, number: int) -> bool:
    """One stay of this account, wherever that is; False when it is none of theirs."""
    stay = UserSession.objects.filter(user_id=user.pk, pk=number).first()
    if stay is not None:
        stay.end()
    return stay is not None


def forget_old() -> int:
    return Browser.objects.filter(seen_at__lt=clock.now() - KEPT).delete()[0]
