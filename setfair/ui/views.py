"""The gallery: every layout and component in every state, to look at and for tests to walk through."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setfair.core.doors import open_door

from . import samples

PAGES = {
    "start": "ui/gallery/start.html",
    "question": "ui/gallery/question.html",
    "choice": "ui/gallery/choice.html",
    "home": "ui/gallery/home.html",
    "case": "ui/gallery/case.html",
    "sign": "ui/gallery/sign.html",
    "day": "ui/gallery/day.html",
    "kept": "ui/kept_words.html",
    "resting": "ui/resting.html",
    "404": "404.html",
    "500": "500.html",
}


@require_safe
@open_door
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", {**samples.everything(), "pages": list(PAGES), "theme": _theme(request)})


@require_safe
@open_door
def whole_page(request: HttpRequest, name: str) -> HttpResponse:
    """One whole page as people would meet it, put together from the kit alone."""
    if name not in PAGES:
        raise Http404
    return render(request, PAGES[name], {**samples.everything(), "theme": _theme(request)})


def _theme(request: HttpRequest) -> str:
    asked = request.GET.get("theme", "")
    return asked if asked in ("light", "dark") else ""
