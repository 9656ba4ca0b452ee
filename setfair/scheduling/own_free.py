"""The same room as for the team, on a participant's own page: when they are free every week, and as their calendar has it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.calendars import own
from setfair.cases.models import Participation

from . import pages
from .said import clock_of


@require_http_methods(["GET", "POST"])
@door(Permission.TAKE_PART, Participation)
def own_free(request: HttpRequest, me: Participation) -> HttpResponse:
    page = own.page(request, me.person_id, clock_of(me, me.programme).span)
    if page is None:
        return redirect("own_free")
    return render(request, "scheduling/own_free.html", pages.own(me) | page, status=422 if page["is_refused"] else 200)
