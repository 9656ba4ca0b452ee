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
from django.urls import reverse

from setfair.core import clock, tenant
from setfair.programmes.models import Device

from .arrival import onward
from .entry import BEARER, DEVICE, WRITES, is_shared
from .exits import ended

SALT = "shared device"
LASTS = 400 * 24 * 3600
"""As long as browsers keep a cookie at all; it is given anew whenever the device rests."""

CLEARED = '"cache", "storage"'
"""All of it but the cookies, one of which says which device it is."""

A_MINUTE = timedelta(minutes=1)

REST = "rest"
"""The page on which it rests, and to which everything that is not for it leads."""

OPEN_HERE = frozenset(
    "rest still_here code enter exit set_language new_link start help_now alarm alarm_anywhere help privacy privacy_here "
    "problem ask ask_step ask_check ask_later ask_again asked asked_withdrawal".split()
)
"""What opens on it beside people's own pages."""

OFFERED = re.compile(rb'(<(?:input|textarea|select|form)\b[^>]*?) autocomplete="[^"]*"')
"""What a page of ours tells the browser about filling in; everywhere else it says so."""

ALONE, ALONE_WRITING = b'http-equiv="refresh" content="120; url=', b'http-equiv="refresh" content="480; url='
"""Without a script a page cannot know that somebody is typing: one that is written on waits longer, and says that it does not wait for ever."""

WRITTEN_ON = re.compile(rb'<textarea\b|<input\b(?![^>]* type="(?:hidden|radio|checkbox|submit)")(?![^>]* name="(?:code|website)")|class="kept-words"')
"""Where somebody writes more than a code, or has their words back and looks for it. Nobody sees the field that is only for machines."""
SAID_TO_WRITERS = re.compile(rb"<noscript data-writes>.*?</noscript>", re.DOTALL)
SAID_OF_CODES = re.compile(rb" ?<span data-by-code>.*?</span>", re.DOTALL)

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
    return forgotten(redirect(REST), device)


def forgotten(response: HttpResponse, device: Device) -> HttpResponse:
    """Have the browser forget whoever was in, whatever it knew them by; it goes on knowing that it is a shared device."""
    ended(response)["Clear-Site-Data"] = CLEARED
    del response.cookies[settings.CSRF_COOKIE_NAME]  # its successor comes with this answer
    return mark(response, device)


def is_open_here(view: Any, name: str) -> bool:
    return name in OPEN_HERE or bool(getattr(view, "own_page", False)) or (name == "" and not hasattr(view, "door"))


class Shared:
    """Says of each request on which shared device it is made (`request.device`), and lets no answer to one leave anything behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        device = request.device = device_of(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if device is not None and not request.session.is_empty() and DEVICE not in request.session:
            request.session[DEVICE] = str(device.pk)
        if device is None:
            if settings.DEVICE_COOKIE_NAME in request.COOKIES:
                response.delete_cookie(settings.DEVICE_COOKIE_NAME)
            return response
        if leaves_a_file(request, response):
            response = no_file_here(request)
        return _quieted(request, response, device)


def leaves_a_file(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer, though its view did not say so beforehand (`gives_a_file`), would leave a file on a shared device.

    What was done for it is taken back (`FrontDoor`): nobody took away what they did not get.
    """
    return is_shared(request) and response.status_code == 200 and not response.get("Content-Type", "").startswith("text/html")


def no_file_here(request: HttpRequest) -> HttpResponse:
    """A file would stay on the device, so there is a page that says how else to get it."""
    page = {"request": request, "onward": onward(request) or reverse(REST)}
    return HttpResponse(render_to_string("access/no_file_here.html", page), status=403, headers={"Cache-Control": "no-store"})


def _quieted(request: HttpRequest, response: HttpResponse, device: Device) -> HttpResponse:
    """The browser fills nothing in and keeps nothing, but for the one cookie by which the device is known."""
    if "Clear-Site-Data" in response:
        response["Clear-Site-Data"] = CLEARED
    if response.get("Content-Type", "").startswith("text/html") and not response.streaming and response.content:
        page = FIELDS.sub(rb'<\1 autocomplete="off"', OFFERED.sub(rb"\1", response.content))
        response.content = _unhurried(request, page)
    return response


def _unhurried(request: HttpRequest, page: bytes) -> bytes:
    """A page that is written on waits longer and says what then holds on it: by a code one comes in again, and for anyone else the stay waits too."""
    written_on, by_code = ALONE in page and WRITTEN_ON.search(page) is not None, _is_in_by_code(request)
    waits = written_on and not by_code
    if not request.session.is_empty() and request.session.get(WRITES, False) != waits:
        request.session[WRITES] = waits
    if not written_on:
        return SAID_TO_WRITERS.sub(b"", page)
    page = page.replace(ALONE, ALONE_WRITING, 1)
    return page if by_code else SAID_OF_CODES.sub(b"", page)


def _is_in_by_code(request: HttpRequest) -> bool:
    """Whether this is a page of somebody's own, and they are in with their code."""
    view = request.resolver_match.func if request.resolver_match else None
    return BEARER in request.session and bool(getattr(view, "own_page", False))
