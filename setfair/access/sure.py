"""The step before what cannot be undone or carries words away: whoever is signed in shows once more that it is them.

What they had sent is kept in their stay, which is sealed, and done when they have shown it; files are not
kept, and are to be chosen again. What was sent is done only for the same person in the same programme, at the
address that they were asked for, and within the same ten minutes.
"""

from __future__ import annotations

import time
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.http import urlencode

from setfair.accounts.fresh import is_fresh
from setfair.core.doors import View
from setfair.core.landing import page_at
from setfair.journal.actions import place

from .network import network_of
from .stays import mark

GO_ON = f"{__name__}.go_on"


def sure(view: View) -> View:
    """Stands under `@door`. Whoever signed in or showed it within `ACCOUNT_REAUTHENTICATION_TIMEOUT` seconds goes on;
    others are asked, and then led back here, with what they sent."""

    @wraps(view)
    def asked_first(request: HttpRequest, *args: Any, **where: Any) -> HttpResponse:
        return view(request, *args, **where) if is_fresh(request) else ask(request)

    asked_first.sure = "always"  # type: ignore[attr-defined]
    return asked_first


def sure_to_send(view: View) -> View:
    """The same for a page that anyone with its permission may read: only what is sent from it is asked about."""

    @wraps(view)
    def asked_first(request: HttpRequest, *args: Any, **where: Any) -> HttpResponse:
        return view(request, *args, **where) if request.method != "POST" or is_fresh(request) else ask(request)

    asked_first.sure = "to send"  # type: ignore[attr-defined]
    return asked_first


def ask(request: HttpRequest) -> HttpResponse:
    where = page_at(request.get_full_path())
    request.session.pop(STATE_SESSION_KEY, None)
    if request.method == "POST":
        kept = {"to": request.get_full_path(), "next": where, "sent": request.POST.urlencode(), "whose": mark(request), "at": time.time()}
        request.session[STATE_SESSION_KEY] = {"callback": GO_ON, "state": kept}
    ways = get_adapter().get_reauthentication_methods(request.user)
    entrance = ways[0]["url"] if ways else reverse("sure_code")
    return redirect(f"{entrance}?{urlencode({'next': where})}")


def ask_second_step(request: HttpRequest) -> HttpResponse:
    """For a stay that began without the second step that the account has: it is taken now."""
    ways = [way["url"] for way in get_adapter().get_reauthentication_methods(request.user) if way["id"] != "reauthenticate"]
    return redirect(f"{ways[0]}?{urlencode({'next': reverse('second_step')})}")


def go_on(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    """Called by the sign-in library when they have shown it: do what was sent before."""
    too_old = time.time() - kept["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    if too_old or request.POST.get("next") != kept["next"] or mark(request) != kept["whose"]:
        return redirect(page_at(request.POST.get("next", "/")))
    parts = urlsplit(kept["to"])
    match = resolve(parts.path)
    request.path = request.path_info = parts.path
    request.META["QUERY_STRING"] = parts.query
    request.GET, request.POST = QueryDict(parts.query), QueryDict(kept["sent"])  # type: ignore[misc, assignment]
    request.resolver_match = match
    place.set((match.view_name, network_of(request)))
    return match.func(request, *match.args, **match.kwargs)
