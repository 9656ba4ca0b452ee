"""The console on a device, for a room without network (screens.md W12, decision 155)."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.ended import says_why
from setfair.access.entry import on_the_day, only_listens
from setfair.access.policy import Permission
from setfair.access.ties import may

from .. import actions, along, sealing
from ..bringing import LEADS
from ..forms import EndingForm, HeadingForm
from ..forms_of_devices import SettleForm, presses
from ..models import Conference
from .showing import shown


@csp_replace({"trusted-types": ["along"]})
@on_the_day
@door(Permission.READ_SCRIPT, Conference)
def get_ready(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The one page that may name a script by itself, the one that keeps this console; what is asked by POST is what it keeps."""
    if request.method != "POST":
        return render(request, "conferences/ready.html", {"conference": conference})
    try:
        taken = actions.take_along(conference, by=request.actor)
    except actions.CannotGoOn as reason:
        return JsonResponse({"refused": str(reason)}, status=422)
    return JsonResponse({"taken": str(taken.pk)})


@says_why
@only_listens
@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def told_along(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Asked by the device itself; where somebody is not in any more it is told why, and keeps or forgets by that."""
    return JsonResponse(_told(request, conference))


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def kept_page(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The console without anybody's name in it: the device puts in what it was told."""
    return render(request, "conferences/kept.html", {"conference": conference, "form": EndingForm(), "heading_form": HeadingForm(people=[])})


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def console_worker(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Lies under the address of the one console, so that it can see nothing else."""
    return HttpResponse(along.worker(), content_type="text/javascript")


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def bring(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What was pressed on a device without network, in its order: each is done once, or kept beside what stands here."""
    done, leads = [], may(request.actor, Permission.CONVENE, conference)
    for press, taken, pressed in presses(request, conference):
        if taken is not None and pressed is not None:
            actions.bring(taken, by=request.actor, pressed=pressed, may=leads or pressed.what not in LEADS)
        done.append(press)
    return JsonResponse({"done": done, "told": _told(request, conference)})


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def settle(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Which was right: the device, or what stood here."""
    form = SettleForm(request.POST, conference=conference, leads=may(request.actor, Permission.CONVENE, conference))
    if not form.is_valid():
        return shown(request, conference, [_("Please choose which was right.")])
    try:
        actions.settle(form.cleaned_data["brought"], by=request.actor, how=form.cleaned_data["how"])
    except actions.REFUSALS as reason:
        return shown(request, conference, [str(reason)])
    messages.success(request, _("Thank you. Both stay written in the history."))
    return redirect("conference", pk=conference.pk)


def _told(request: HttpRequest, conference: Conference) -> dict[str, Any]:
    """With what the device needs to bring something back, and to seal what is written on it until then."""
    carried = {"token": get_token(request), "seals": sealing.told(conference, request.actor.id)}  # type: ignore[attr-defined]
    return along.told(conference, request.actor) | carried  # type: ignore[attr-defined]
