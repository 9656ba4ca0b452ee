"""Leaving: where to, and what a device has to forget."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from setfair.core.actor import Kind
from setfair.programmes.models import Programme

FORGET = '"cache", "cookies", "storage"'


def is_own_wish(request: HttpRequest) -> bool:
    """Whether whoever is here asked to leave, and not a page of somebody else's that led them to this address.

    Leaving fast is one link, so it works without a form; a browser too old to say where
    a request comes from is believed. Of the team, who may be in the middle of a sentence
    and have no such hurry, a browser has to say that it was a page of ours.
    """
    if request.method == "POST":
        return True
    comes_from = request.headers.get("Sec-Fetch-Site", "")
    if request.actor.kind == Kind.STAFF:  # type: ignore[attr-defined]
        return comes_from == "same-origin"
    return comes_from not in ("cross-site", "same-site")


def exit_site(request: HttpRequest) -> str:
    """The page, of no meaning, that the programme of this stay chose to lead to."""
    here: Programme | None = request.programme  # type: ignore[attr-defined]
    return here.exit_site if here else str(Programme._meta.get_field("exit_site").default)


def ended(response: HttpResponse) -> HttpResponse:
    """Have the browser forget us; cookies are also taken back one by one, for browsers that do not know the header."""
    response["Clear-Site-Data"] = FORGET
    response["Cache-Control"] = "no-store"
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, settings.DEVICE_COOKIE_NAME, "messages"):
        response.delete_cookie(name)
    return response
