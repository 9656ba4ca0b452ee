"""What is not there: the same page for everyone, and for the team, of what was forgotten, the month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from setfair.core.actor import Kind
from setfair.programmes.models import Role

from .. import queries

WHO_WORKS = (Role.COORDINATOR, Role.SUPERVISOR, Role.FACILITATOR)


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answers every address that leads nowhere. Only whoever of the team could have opened such a thing is told that it was forgotten."""
    actor, match = getattr(request, "actor", None), request.resolver_match
    ref = match.kwargs.get("ref") if match is not None else None
    if ref and actor is not None and actor.kind == Kind.STAFF and actor.has(*WHO_WORKS):
        month = queries.forgotten_in(ref)
        if month is not None:
            return render(request, "keeping/gone.html", {"month": month}, status=410)
    return page_not_found(request, exception)
