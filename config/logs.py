"""What the log may hold: names of routes. Never an address, for it may let somebody in; nor a token or an id."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from django.apps import apps
from django.urls import Resolver404, resolve

PATH = re.compile(r"(?<![\w./:\"<])(?:https?://[^\s/\"'<>]+)?/[^\s\"'<>()\[\]]*")
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{40,}")
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
OF_PAGES = ("django.request", "django.security", "django.server", "uvicorn")
"""Loggers that write down what was asked for: what leads nowhere here may be an address with a slip in it, and is left out as well."""


class RouteNames(logging.Formatter):
    """Writes the name of the route in the place of an address, whoever logged it; files in a traceback stay as they are."""

    def format(self, record: logging.LogRecord) -> str:
        of_pages = record.name.startswith(OF_PAGES) or hasattr(record, "request")
        lines = PATH.sub(lambda found: _named(found[0], of_pages), super().format(record))
        return KEY.sub("(id)", TOKEN.sub("(token)", lines))


def _named(address: str, of_pages: bool) -> str:
    if not apps.ready:
        return address
    try:
        return f"({resolve(urlsplit(address).path).view_name})"
    except (Resolver404, ValueError):
        return "(no route)" if of_pages else address
