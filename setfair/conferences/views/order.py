"""Who speaks when, and a break."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.entry import on_the_day
from setfair.access.policy import Permission

from .. import actions, talking
from ..forms import OrderForm, VoiceForm
from ..models import Conference
from .showing import shown, tried


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def talk_order(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = OrderForm(request.POST, case=conference.case)
    if not form.is_valid():
        return shown(request, conference, [_("Please choose somebody of this meeting.")])
    who, where = form.cleaned_data["participation"], form.cleaned_data["where"]
    return tried(request, conference, lambda: actions.put_in_order(conference, who, by=request.actor, where=where))


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def voice(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = VoiceForm(request.POST, case=conference.case)
    if not form.is_valid():
        return shown(request, conference, [_("Please choose somebody of this meeting.")])
    who, what = form.turn()
    return tried(request, conference, lambda: actions.give_turn(conference, who, by=request.actor, what=what))


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def pause(request: HttpRequest, conference: Conference) -> HttpResponse:
    """A calm page for the break."""
    return render(request, "conferences/pause.html", {"conference": conference, "since": talking.pause_of(conference)})


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def pause_begin(request: HttpRequest, conference: Conference) -> HttpResponse:
    return tried(request, conference, lambda: actions.take_pause(conference, by=request.actor), then="pause")


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def pause_end(request: HttpRequest, conference: Conference) -> HttpResponse:
    return tried(request, conference, lambda: actions.end_pause(conference, by=request.actor))
