"""Leaving: where to, and what a device has to forget."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from setfair.programmes.models import Programme

FORGET = '"cache", "cookies", "storage"'


def exit_site(request: HttpRequest) -> str:
    """The page, of no meaning, that the programme of this stay chose to lead to."""
    here: Programme | None = request.programme  # type: ignore[attr-defined]
    return here.exit_site if here else str(Programme._meta.get_field("exit_site").default)


def ended(response: HttpResponse) -> HttpResponse:
    """Have the browser forget us; cookies are also taken back one by one, for browsers that do not know the header."""
    response["Clear-Site-Data"] = FORGET
    response["Cache-Control"] = "no-store"
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages"):
        response.delete_cookie(name)
    return response
