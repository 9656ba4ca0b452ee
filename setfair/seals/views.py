"""What anybody may have of a programme's seal: its certificates, and how to look at a copy with them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setfair.access.doors import open_door
from setfair.core.doors import gives_a_file

from . import queries


@require_safe
@open_door
def seal_here(request: HttpRequest, programme: str) -> HttpResponse:
    if request.programme is None:  # type: ignore[attr-defined]
        raise Http404
    return render(request, "seals/here.html", {"seals": queries.shown()})


@gives_a_file
@require_safe
@open_door
def seal_certificate(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    root = queries.root_of(number) if request.programme is not None else None  # type: ignore[attr-defined]
    if root is None:
        raise Http404
    return HttpResponse(root, content_type="application/x-pem-file", headers={"Content-Disposition": f'attachment; filename="seal-{number}.pem"'})
