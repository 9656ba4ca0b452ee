"""The page for a request whose words were not taken in: they were too many, or did not arrive in time.

Its words are gone by then, so the page keeps nothing and says so.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Handler = Callable[[HttpRequest], HttpResponse]
MARK = "setfair.turned_away"
"""Where the server writes the status; only the server can, a caller's headers do not get there."""


class TurnedAway:
    """Answers before anybody asks who is there: no session, no database."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        status = request.META.get("asgi.scope", {}).get(MARK)
        if status is None:
            return self.get_response(request)
        response = HttpResponse(render_to_string(f"{status}.html", {"request": request}), status=status)
        response["Cache-Control"] = "no-store"
        if status == 503:
            response["Retry-After"] = "10"
        if status == 408:
            response["Connection"] = "close"
        return response
