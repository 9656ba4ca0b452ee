from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from setfair.core.doors import open_door


@open_door
def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Pages of the sign-in library that are no part of this house: an address is given by an administrator, and nobody signs up."""
    raise Http404
