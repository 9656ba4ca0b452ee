"""How somebody shows that it is them who has neither a password nor a second step: by a code sent to their address."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from setfair.accounts.fresh import note_shown
from setfair.core.text import new_code, typed
from setfair.vault.master import digest

from .limits import allow

SENT = "sure_code"
LETTERS, TRIES = (3, timedelta(minutes=10)), 3


def needs_mail(user: Any) -> bool:
    return user.is_authenticated and not user.has_usable_password() and not Authenticator.objects.filter(user_id=user.pk).exists()


def is_sent(request: HttpRequest) -> bool:
    """Whether a code is under way that can still be typed."""
    kept = request.session.get(SENT)
    return kept is not None and kept["left"] > 0 and time.time() - kept["at"] < settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT


def send(request: HttpRequest) -> bool:
    """Write to the one address that the account has; False when that was done too often. The one sent before stops working."""
    user: Any = request.user
    if not allow(f"sure code {user.pk}", limit=LETTERS[0], per=LETTERS[1]):
        return False
    code = new_code(8)
    request.session[SENT] = {"code": digest("sure code", code).hex(), "at": time.time(), "left": TRIES}
    get_adapter().send_mail("account/email/sure_code", user.email, {"code": code})
    return True


def fits(request: HttpRequest, text: str) -> bool:
    """Whether this is the code. Three tries, the right one included; then a new one has to be asked for."""
    if not is_sent(request):
        return False
    kept = request.session[SENT]
    request.session[SENT] = kept | {"left": kept["left"] - 1}
    if not constant_time_compare(digest("sure code", typed(text)).hex(), kept["code"]):
        return False
    del request.session[SENT]
    note_shown(request, request.user, "code")
    return True


def onward(request: HttpRequest) -> HttpResponse:
    """Back to what they were about to do."""
    return resume_request(request) or redirect("today")
