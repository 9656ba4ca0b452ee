"""The table of a circle on a tablet that is nobody's, by the code of the room."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setfair.access import exits
from setfair.access.doors import door, open_door
from setfair.access.entry import on_the_day, only_listens
from setfair.access.policy import Permission
from setfair.core.actor import anyone

from .. import actions, pages, rooms
from ..forms import RoomForm
from ..live.line import line
from ..live.state import Kind
from ..models import Conference
from .showing import shown, tried


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
def room(request: HttpRequest) -> HttpResponse:
    """The table, where this browser is one; otherwise the code is asked for, and the same for everybody."""
    form = RoomForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if rooms.enter(request, form.cleaned_data["code"]):
            return _table(request)
        form.is_not_known()
    page = None if form.is_bound else rooms.inside(request, lambda found: render(request, "conferences/room.html", pages.tablet(found)))
    return page or render(request, "conferences/room_code.html", {"form": form}, status=422 if form.is_bound else 200)


@only_listens
@require_GET
@open_door
def room_live(request: HttpRequest) -> HttpResponse:
    """Nothing to listen to is said by 204: the page then asks where it leads now."""
    return rooms.inside(request, lambda found: line(request, found, Kind.TABLE)) or HttpResponse(status=204)


@require_POST
@open_door
def room_break(request: HttpRequest) -> HttpResponse:
    """A break is wished for from the table: by whom, nobody could tell."""

    def wish(found: Conference) -> HttpResponse:
        try:
            actions.wish_a_break(found, by=anyone(found.programme_id))
        except actions.CannotGoOn:
            return redirect("room")
        messages.success(request, _("They know that somebody would like a break. Nobody is told who."))
        return redirect("room")

    return rooms.inside(request, wish) or redirect("room")


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def room_open(request: HttpRequest, conference: Conference) -> HttpResponse:
    return tried(request, conference, lambda: actions.open_room(conference, by=request.actor))


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def room_away(request: HttpRequest, conference: Conference) -> HttpResponse:
    return tried(request, conference, lambda: actions.put_tablets_away(conference, by=request.actor))


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def room_here(request: HttpRequest, conference: Conference) -> HttpResponse:
    """This device becomes the table: whoever pressed is signed out on it, and what the browser kept is dropped."""
    try:
        room = actions.open_room(conference, by=request.actor)
    except actions.CannotGoOn as reason:
        return shown(request, conference, [str(reason)])
    rooms.become(request, conference.programme_id, room.pk)
    return _table(request)


def _table(request: HttpRequest) -> HttpResponse:
    """Nothing that this browser kept is left on the table; only what was pressed without network waits on, without a word in it."""
    answer = redirect("room")
    answer["Clear-Site-Data"] = exits.FORGET_PAGES if request.POST.get(exits.WAITS) else exits.FORGET_BUT_KNOW
    return answer
