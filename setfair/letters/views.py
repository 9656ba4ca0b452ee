"""The development mailbox: what left the building, for whoever tries Setfair out without a post office."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from setfair.core.doors import open_door
from setfair.core.nearby import on_this_machine

from . import outbox

COLUMNS = (_("Letter"), _("To"), _("How"), _("When"))


@require_safe
@open_door
def mailbox(request: HttpRequest) -> HttpResponse:
    _only_here(request)
    return render(request, "letters/mailbox.html", {"letters": outbox.latest(), "columns": COLUMNS})


@require_safe
@open_door
def opened(request: HttpRequest, name: str) -> HttpResponse:
    _only_here(request)
    sent = outbox.named(name)
    if sent is None:
        raise Http404
    if sent.kind == "pdf":
        return HttpResponse(sent.path.read_bytes(), content_type="application/pdf")
    return render(request, "letters/opened.html", {"sent": sent})


def _only_here(request: HttpRequest) -> None:
    """On a server that strangers reach there is no such page, and on any other only for whoever sits at it."""
    if not on_this_machine(request):
        raise Http404
