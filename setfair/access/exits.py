"""Leaving: where to, and what a device has to forget."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from setfair.core import tenant
from setfair.core.actor import Kind
from setfair.programmes.models import Programme

from .entry import is_shared, programme_by_slug

FORGET = '"cache", "cookies", "storage"'
FORGET_BUT_KNOW = '"cache", "storage"'
FORGET_PAGES = '"cache"'
WAITS = "waits"
"""A field of the form by which somebody signs out, and a cookie that `exit.js` sets: something that was pressed without network still waits in this
browser, and nobody can read it there."""
AWAY = "away"
"""A cookie set by a page that is being left: the browser is going back to the first page of ours (`exit.js`). Where it was left without network, the
first page that is asked for ends the stay."""


AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")
"""By which browsers, and those who fetch for them, say that nobody has pressed anything yet."""


def is_own_wish(request: HttpRequest) -> bool:
    """Whether whoever is here asked to leave, and not a page of somebody else's that led them to this address, nor a program that follows links.

    Leaving fast is one link, so it works without a form (decision 52); a browser too old to
    say where a request comes from, and what for, is believed. Of the team, who may be in the
    middle of a sentence and have no such hurry, a browser has to say that it was a page of ours.
    """
    if request.method == "POST":
        return True
    if request.method != "GET" or not _is_shown(request):
        return False
    comes_from = request.headers.get("Sec-Fetch-Site", "")
    if request.actor.kind == Kind.STAFF:  # type: ignore[attr-defined]
        return comes_from == "same-origin"
    return comes_from not in ("cross-site", "same-site")


def _is_shown(request: HttpRequest) -> bool:
    """Whether what is answered becomes the page before somebody: it is gone to, and neither looked at ahead nor fetched by a script or as a part."""
    if any(request.headers.get(name) for name in AHEAD):
        return False
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and request.headers.get("Sec-Fetch-Dest", "document") == "document"


OF = "of"
"""Which programme's page is being left, where nobody's stay says it."""


def exit_site(request: HttpRequest) -> str:
    """The page, of no meaning, that the programme of this stay, or of the page that is left, chose to lead to. A shared device rests instead."""
    if is_shared(request):
        return reverse("rest")
    here: Programme | None = request.programme or _named(request.GET.get(OF, ""))  # type: ignore[attr-defined]
    return here.exit_site if here else str(Programme._meta.get_field("exit_site").default)


def gone_on(request: HttpRequest, site: str) -> HttpResponse:
    """On to that page. A browser follows no answer to a form out of `form-action`, so after one a blank page goes on by itself."""
    return render(request, "access/onward.html", {"site": site}) if request.method == "POST" else redirect(site)


def _named(slug: str) -> Programme | None:
    found = programme_by_slug(slug) if slug else None
    if found is None:
        return None
    with tenant.inside(found):
        return Programme.objects.get(pk=found)


def ended_stay(request: HttpRequest) -> None:
    """The stay is over on the server as well, with what was half written in it."""
    request.session.flush()


TEAM = "team"
"""On the way from the first page of ours, where the stay is over already: it was somebody of the team who left."""


def stays_known(request: HttpRequest) -> bool:
    """Whether the browser is to be known again: the team's own, or each Exit would bring a letter about a new device, until nobody reads them."""
    is_team = request.actor.kind == Kind.STAFF or TEAM in request.GET  # type: ignore[attr-defined]
    return is_team and not is_shared(request)


def waits(request: HttpRequest) -> bool:
    """Whether what this browser keeps has to stay: not all of it was sent. The worker of the console has taken away what could be read."""
    return bool(request.POST.get(WAITS) or request.COOKIES.get(WAITS))


def ended(response: HttpResponse, *, known: bool = False, waits: bool = False) -> HttpResponse:
    """Have the browser forget us; cookies are also taken back one by one, for browsers that do not know the header.

    `known`: but for the cookie that opens nothing and by which the browser is known to the team's accounts. `waits`: but for what was pressed
    without network.
    """
    response["Clear-Site-Data"] = FORGET_PAGES if waits else FORGET_BUT_KNOW if known else FORGET
    response["Cache-Control"] = "no-store"
    ours = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
    for name in (*ours, *(() if known else (settings.KNOWN_COOKIE_NAME,)), "messages", AWAY):
        response.delete_cookie(name)
    return response


class GoingAway:
    """Whatever page a browser asks for on its way out, it gets one that says nothing and goes on to the exit. The stay is over already here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.COOKIES.get(AWAY) or request.method != "GET" or request.headers.get("Sec-Fetch-Dest", "document") != "document":
            return self.get_response(request)
        if request.path == reverse("exit"):
            return self.get_response(request)
        here: Programme | None = request.programme  # type: ignore[attr-defined]
        asked = ({OF: here.slug} if here else {}) | ({TEAM: "1"} if stays_known(request) else {})
        ended_stay(request)
        onward = f"{reverse('exit')}?{urlencode(asked | ({'idle': '1'} if request.COOKIES[AWAY] == 'idle' else {}))}".removesuffix("?")
        response = render(request, "access/away.html", {"onward": onward})
        response["Cache-Control"] = "no-store"
        response.delete_cookie(AWAY)
        return response
