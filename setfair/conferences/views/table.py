"""What people in the circle see of it on their own phone (screens.md W13)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.entry import hold_through, on_the_day, only_listens
from setfair.access.policy import Permission
from setfair.cases.models import Participation

from .. import actions, pages, queries
from ..live.line import line
from ..live.state import Kind
from ..models import Conference


@on_the_day
@require_GET
@door(Permission.TAKE_PART, Participation)
def my_circle(request: HttpRequest, me: Participation) -> HttpResponse:
    """Whose turn it is and what is asked, for as long as they sit in it; before and after, their own page."""
    conference = queries.sits_in(me)
    if conference is None:
        return redirect("home")
    hold_through(request, queries.held_until(conference))
    return render(request, "conferences/table.html", pages.table(conference))


@only_listens
@on_the_day
@require_GET
@door(Permission.TAKE_PART, Participation)
def my_circle_live(request: HttpRequest, me: Participation) -> HttpResponse:
    """Nothing to listen to is said by 204, after which a browser does not ask again (HTML standard, server-sent events)."""
    conference = queries.sits_in(me)
    if conference is None:
        return HttpResponse(status=204)
    return line(request, conference, Kind.TABLE)


@on_the_day
@require_POST
@door(Permission.TAKE_PART, Participation)
def my_break(request: HttpRequest, me: Participation) -> HttpResponse:
    """The others hear that there is a break, and nobody hears who wished for it."""
    conference: Conference | None = queries.sits_in(me)
    if conference is None:
        return redirect("home")
    try:
        actions.wish_a_break(conference, by=request.actor)
    except actions.CannotGoOn as reason:
        messages.info(request, str(reason))
        return redirect("home")
    messages.success(request, _("They know that somebody would like a break. Nobody is told who."))
    return redirect("my_circle")
