"""The console on a device, for a room without network (screens.md W12, decision 155)."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.entry import on_the_day, only_listens
from setfair.access.policy import Permission

from .. import actions, along
from ..models import Conference


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


@only_listens
@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def told_along(request: HttpRequest, conference: Conference) -> HttpResponse:
    return JsonResponse(along.told(conference, request.actor) | {"token": get_token(request)})


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def kept_page(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The console without anybody's name in it: the device puts in what it was told."""
    return render(request, "conferences/kept.html", {"conference": conference})


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def console_worker(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Lies under the address of the one console, so that it can see nothing else."""
    with open(finders.find("conferences/worker.js"), encoding="utf-8") as script:
        return HttpResponse(script.read(), content_type="text/javascript")
