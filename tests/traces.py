"""Faults of leaving: what would be found on a device after somebody left in a hurry. Planted like those of `plants.py`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from setfair.access import exits
from setfair.access import views as access_views
from setfair.access.exits import AWAY, GoingAway
from setfair.access.middleware import FrontDoor


def _exit_removed(patch: pytest.MonkeyPatch) -> None:
    """No page shows a way out."""
    answer = FrontDoor.__call__

    def planted(door: FrontDoor, request: HttpRequest) -> HttpResponse:
        response = answer(door, request)
        if "text/html" in response.get("Content-Type", ""):
            response.content = response.content.replace(b"data-exit", b"data-gone")
        return response

    patch.setattr(FrontDoor, "__call__", planted)


def _page_kept(patch: pytest.MonkeyPatch) -> None:
    """Pages say that anybody may keep them for ten minutes."""
    answer = FrontDoor.__call__

    def planted(door: FrontDoor, request: HttpRequest) -> HttpResponse:
        response = answer(door, request)
        if request.method == "GET" and request.path != "/exit/":
            response["Cache-Control"] = "public, max-age=600"
        return response

    patch.setattr(FrontDoor, "__call__", planted)


def _stay_goes_on(patch: pytest.MonkeyPatch) -> None:
    """Leaving takes the cookie from the browser, and ends nothing on the server."""
    for room in (access_views, exits):
        patch.setattr(room, "ended_stay", lambda request: None)


def _draft_kept(patch: pytest.MonkeyPatch) -> None:
    """Whoever leaves finds their half-written request again: their words and their cookie stay."""
    for room in (access_views, exits):
        patch.setattr(room, "ended_stay", lambda request: None)
    patch.setattr(access_views, "ended", lambda response: response)


def _history_kept(patch: pytest.MonkeyPatch) -> None:
    """The browser is led straight out from the first page, so that what lies ahead of it stays in the history."""

    def planted(going: GoingAway, request: HttpRequest) -> HttpResponse:
        if not request.COOKIES.get(AWAY) or request.path == "/exit/":
            return going.get_response(request)
        return redirect("exit")

    patch.setattr(GoingAway, "__call__", planted)


TRACES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "exit-removed": _exit_removed,
    "page-kept": _page_kept,
    "stay-goes-on": _stay_goes_on,
    "draft-kept": _draft_kept,
    "history-kept": _history_kept,
}
