"""A device that people use one after another, such as the tablet in the waiting room.

It is known by a cookie that only says which device of which programme it is; whether it still is a shared one
stands in the database and is asked at every page. On it there is nothing of the team; a stay is short; nothing
is saved, filled in by itself or left over; and it rests on one page, where the next person types their code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.template.loader import render_to_string

from setfair.core import clock, tenant
from setfair.programmes.models import Device

SALT = "shared device"
LASTS = 400 * 24 * 3600
"""As long as browsers keep a cookie at all; it is given anew whenever the device rests."""

A_MINUTE = timedelta(minutes=1)

REST = "rest"
"""The page on which it rests, and to which everything that is not for it leads."""

OPEN_HERE = frozenset(
    "rest still_here code enter exit set_language new_link start help_now ask ask_step ask_check ask_later ask_again asked asked_withdrawal".split()
)
"""What opens on it beside people's own pages."""

OFFERED = re.compile(rb'(<(?:input|textarea|select|form)\b[^>]*?) autocomplete="[^"]*"')
"""What a page of ours tells the browser about filling in; everywhere else it says so."""

FIELDS = re.compile(rb"<(input|textarea|select|form)\b")


def device_of(request: HttpRequest) -> Device | None:
    """The shared device that this browser is on. When it was last used is written down once a minute."""
    try:
        programme_id, device_id = map(UUID, signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=LASTS))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    with tenant.inside(programme_id):
        device = Device.objects.filter(pk=device_id, ended_at__isnull=True).select_related("programme").first()
        now = clock.now()
        if device is not None and (device.used_at is None or now - device.used_at > A_MINUTE):
            Device.objects.filter(pk=device.pk).update(used_at=now)
    return device


def mark(response: HttpResponse, device: Device) -> HttpResponse:
    """Have the browser know from now on which device it is on."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([str(device.programme_id), str(device.pk)], salt=SALT),
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def begin(request: HttpRequest, device: Device) -> HttpResponse:
    """End the staff stay in this browser and drop what it kept; from now on it is a shared device."""
    logout(request)
    rotate_token(request)
    answer = mark(redirect(REST), device)
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def is_open_here(view: Any, name: str) -> bool:
    return name in OPEN_HERE or bool(getattr(view, "own_page", False)) or (name == "" and not hasattr(view, "door"))


class Shared:
    """Says of each request on which shared device it is made (`request.device`), and lets no answer to one leave anything behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        device = request.device = device_of(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if device is None:
            if settings.DEVICE_COOKIE_NAME in request.COOKIES:
                response.delete_cookie(settings.DEVICE_COOKIE_NAME)
            return response
        return _quieted(_instead_of_a_file(request, response), device)


def _instead_of_a_file(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A file would stay on the device, so there is a page that says how else to get it."""
    if response.status_code != 200 or response.get("Content-Type", "").startswith("text/html"):
        return response
    response.close()
    return HttpResponse(render_to_string("access/no_file_here.html", {"request": request}), status=403, headers={"Cache-Control": "no-store"})


def _quieted(response: HttpResponse, device: Device) -> HttpResponse:
    """The browser fills nothing in and keeps nothing, but for the one cookie by which the device is known."""
    if "Clear-Site-Data" in response:
        response["Clear-Site-Data"] = '"cache", "storage"'
    if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
        response.content = FIELDS.sub(rb'<\1 autocomplete="off"', OFFERED.sub(rb"\1", response.content))
    return response
