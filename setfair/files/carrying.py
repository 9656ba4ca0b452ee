"""How a file goes in and out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from setfair.core.doors import View

from . import words
from .models import TakenIn


def takes_a_file(view: View) -> View:
    """Stands outermost on a view that takes a file: its requests may be as large as a file, and no others (`config/asgi.py`)."""
    marked: Any = view
    marked.takes_a_file = True
    return view


def handed_out(file: TakenIn, data: bytes) -> HttpResponse:
    """Saved under a name that says nothing, and never shown by the browser as a part of this site."""
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{words.NAMES[file.kind]}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
