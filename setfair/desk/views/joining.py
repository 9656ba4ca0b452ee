"""Programmes that ask somebody to join them: nobody belongs anywhere before their own yes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import open_door
from setfair.access.entry import ASKED, PROGRAMME
from setfair.access.kept import to_sign_in
from setfair.core.actor import Actor, Kind
from setfair.programmes.actions import CannotJoin

from ..actions import join, stay_out
from ..queries import asking_to_join


@open_door
def joining(request: HttpRequest) -> HttpResponse:
    """Who asks whoever is signed in, each to be answered with yes or no."""
    if request.user.is_anonymous:
        return to_sign_in(request)
    asking = asking_to_join(request.user.pk)
    if not asking:
        request.session.pop(ASKED, None)
        return redirect("today")
    return render(request, "desk/joining.html", {"asking": asking})


@require_POST
@open_door
def yes(request: HttpRequest, offer: UUID) -> HttpResponse:
    if request.user.is_anonymous:
        return to_sign_in(request)
    try:
        request.session[PROGRAMME] = str(join(offer, by=Actor(Kind.STAFF, id=request.user.pk)).programme_id)
        messages.success(request, _("You belong to this team now."))
    except CannotJoin as reason:
        messages.error(request, str(reason))
    return redirect("joining")


@require_POST
@open_door
def no(request: HttpRequest, offer: UUID) -> HttpResponse:
    if request.user.is_anonymous:
        return to_sign_in(request)
    try:
        stay_out(offer, by=Actor(Kind.STAFF, id=request.user.pk))
        messages.success(request, _("It is written down that you do not want to. Nothing else has changed."))
    except CannotJoin as reason:
        messages.error(request, str(reason))
    return redirect("joining")
