"""Which addresses are pages, and which only take what a form sends. Nobody is led to one of those: it has nothing to show."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

SAID_BY = "request_method_list"
"""What `require_POST` and the like call the methods that they let through."""


def is_page(address: str) -> bool:
    """Whether this address of ours can be opened, and not only be sent to."""
    try:
        return "GET" in _methods(resolve(urlsplit(address).path).func)
    except (Resolver404, ValueError):
        return False


def page_at(address: str) -> str:
    """This address when it is a page of ours, without the host; or else the nearest page above it."""
    parts = urlsplit(address)
    if is_page(parts.path):
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    path = parts.path
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_page(path):
            return path
    return "/"


def _methods(view: Any) -> list[str]:
    """What the first decorator that says so lets through; a view without one can be opened."""
    while view is not None:
        names = view.__code__.co_freevars if hasattr(view, "__code__") else ()
        if SAID_BY in names:
            return view.__closure__[names.index(SAID_BY)].cell_contents
        view = getattr(view, "__wrapped__", None)
    return ["GET"]
