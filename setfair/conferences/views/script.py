"""The script: read, and turned."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.entry import on_the_day
from setfair.access.policy import Permission

from .. import actions, pages
from ..forms import TurnForm
from ..models import Conference
from .showing import shown, tried


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def script_page(request: HttpRequest, conference: Conference) -> HttpResponse:
    """To read ahead; nothing is turned by it."""
    form = TurnForm(request.GET)
    page = form.cleaned_data["page"] if form.is_valid() else 1
    return render(request, "conferences/script.html", pages.script(conference, request.actor, page) | {"reading": True, "ahead": True})


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def turns(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = TurnForm(request.POST)
    if not form.is_valid():
        return shown(request, conference, [_("The script has no such page.")])
    page = form.cleaned_data["page"]
    return tried(request, conference, lambda: actions.turn_page(conference, by=request.actor, page=page))


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def script_hand(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Taken by a press, from whoever has it."""
    return tried(request, conference, lambda: actions.take_script(conference, by=request.actor))


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def wish_heard(request: HttpRequest, conference: Conference) -> HttpResponse:
    return tried(request, conference, lambda: actions.hear_wish(conference, by=request.actor))
