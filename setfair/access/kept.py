"""When something gives way while a person is writing, their words come back on the page.

They are rendered again from the request itself. They are never put into the browser's
storage, which others who use the same device could read.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from setfair.core.landing import page_at

from .stays import AGAIN, MARK, again, marked

SECRET = frozenset({"oldpassword", "code", "credential", "tablet_number"})
"""What is asked for again and never written back onto a page; so is every field whose name begins with `password`."""

THE_FORMS_OWN = frozenset({"csrfmiddlewaretoken", MARK, AGAIN})

PRESSED = frozenset({"what", "answer", "part"})
CODE = re.compile(r"[a-z_]+")
"""The buttons of a form say one of their codes: that is sent along, and is no word of anybody."""

MACHINES_OWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def keep_words(request: HttpRequest, *, status: int, entrance: str = "") -> HttpResponse:
    """A plain page with one sentence, the words that were sent, and a button to send them again to the same place.

    A form of one button and no words is kept as well: a "Stop" that was pressed must not be lost.
    `entrance` is where to come in again first. Nothing here asks the session or the
    database: they may be what is gone.
    """
    words = _words(request)
    shown = [word for word in words if word["value"] and word["label"]]
    context = {"sentence": _reason(status, bool(shown)), "entrance": entrance, "again": request.get_full_path(), "words": words, "shown": shown}
    context["carried"] = {name: value for name, value in ((MARK, marked(request)), (AGAIN, again(request))) if value}
    response = HttpResponse(_plain("ui/kept_words.html", request, **context), status=status)
    if status == 503:
        response["Retry-After"] = "10"
    return response


def _reason(status: int, has_words: bool) -> str:
    if has_words:
        return {
            401: _("You were away for a while, so we closed the page to keep it private. Your words are still here."),
            403: _("This page had been open for a long time. Your words are still here. Please send them once more."),
            428: _("First set up a second step for signing in. Your words are still here."),
            503: _("We could not save that just now. Your words are still here. Please try again in a minute."),
        }[status]
    return {
        401: _("You were away for a while, so we closed the page to keep it private. What you pressed is not sent yet."),
        403: _("This page had been open for a long time. What you pressed is not sent yet. Please press once more."),
        428: _("First set up a second step for signing in. What you pressed is not sent yet."),
        503: _("We could not do that just now. Please try again in a minute."),
    }[status]


def entrance_to(view: Any) -> str:
    """Where whoever wants this page comes in: people without an account by their code, staff by theirs."""
    return reverse("code") if getattr(view, "own_page", False) else reverse("account_login")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To staff's entrance and from there back to this page; what was sent to it is kept."""
    entrance = reverse("account_login")
    if request.method == "POST":
        return keep_words(request, status=401, entrance=entrance)
    return redirect(f"{entrance}?{urlencode({'next': page_at(request.get_full_path())})}")


def on_error(request: HttpRequest) -> HttpResponse:
    """The 500 handler. A database that is gone is a pause, not a fault: 503, and nothing is half-written.

    It may be gone before the form's token was looked at, so words come back only to a page of our own.
    """
    fault = sys.exc_info()[1]
    if not isinstance(fault, OperationalError | InterfaceError):
        return HttpResponse(_plain("500.html", request), status=500)
    if request.method == "POST" and _from_our_own_page(request):
        return keep_words(request, status=503)
    response = HttpResponse(_plain("503.html", request), status=503)
    response["Retry-After"] = "10"
    return response


def on_forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF failure view. Words come back only to a page of our own: a foreign one must not dress up its request as yours.

    Nor does a form come back that held only a secret: what is sent again would lack it.
    """
    if not _from_our_own_page(request) or (_secrets(request) and not _words(request)):
        return HttpResponse(_plain("403.html", request), status=403)
    view = request.resolver_match.func if request.resolver_match else None
    if getattr(view, "door", None) is not None and request.actor.id is None:  # type: ignore[attr-defined]
        return keep_words(request, status=401, entrance=entrance_to(view))
    return keep_words(request, status=403)


def only_sent_to(request: HttpRequest, allowed: str) -> HttpResponse:
    """For whoever opens an address that only takes what a form sends: a page that leads home."""
    return HttpResponse(_plain("405.html", request), status=405, headers={"Allow": allowed})


def _from_our_own_page(request: HttpRequest) -> bool:
    """By what the browser says itself, which no page can change."""
    return request.headers.get("Origin") in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def _words(request: HttpRequest) -> list[dict[str, str]]:
    kept = ((name, value) for name, values in _fields(request) for value in values if not _is_secret(name))
    return [{"name": name, "label": _label(name, value), "value": value} for name, value in kept]


def _secrets(request: HttpRequest) -> list[str]:
    return [name for name, _values in _fields(request) if _is_secret(name)]


def _fields(request: HttpRequest) -> list[tuple[str, list[str]]]:
    try:
        return [(name, values) for name, values in request.POST.lists() if name not in THE_FORMS_OWN]
    except UnreadablePostError:
        return []


def _is_secret(name: str) -> bool:
    return name in SECRET or name.startswith("password")


def _label(name: str, value: str) -> str:
    """What stands above the words; empty for what the page itself had put in, which is sent along and not shown."""
    if MACHINES_OWN.fullmatch(value) or (name in PRESSED and CODE.fullmatch(value)):
        return ""
    return name.replace("_", " ").replace("-", " ").capitalize()


def _plain(template: str, request: HttpRequest, **context: Any) -> str:
    """Rendered without the context processors, which ask who is there."""
    return render_to_string(template, {**context, "request": request, "csrf_token": get_token(request)})
