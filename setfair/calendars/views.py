from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes.models import Programme

from . import own


@require_http_methods(["GET", "POST"])
@door(Permission.SAY_WHEN_FREE)
def free(request: HttpRequest, programme: Programme) -> HttpResponse:
    """A member of the team says when they are free: every week, not on these days, and as their own calendar has it."""
    page = own.page(request, request.user.pk)
    if page is None:
        return redirect("free")
    return render(request, "calendars/free.html", page, status=422 if page["is_refused"] else 200)
