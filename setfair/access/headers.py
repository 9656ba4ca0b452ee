"""What every answer says to the browser, pages, files and faults alike, beside what Django says already."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

NOT_ASKED_FOR = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
"""What no page of ours does, so that nothing that came into one could."""

OF_OUR_OWN = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
"""Copying a code, and passkeys."""

HEADERS = {
    "Permissions-Policy": ", ".join([f"{name}=()" for name in NOT_ASKED_FOR] + [f"{name}=(self)" for name in OF_OUR_OWN]),
    "Cross-Origin-Resource-Policy": "same-origin",
}


METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""What pages and forms need. Anything else, TRACE above all, is turned away before anybody is asked for (ASVS 5.0, V13.4.4)."""


class SaidAlways:
    """Stands outermost, so that no answer goes without."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
