"""What came back: read by those who run the case, or by an administrator where it fits nobody; and the way in for a provider of text messages."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door, open_door
from setfair.access.limits import allow
from setfair.access.network import network_of
from setfair.access.policy import Permission
from setfair.journal.actions import record
from setfair.letters.actions import mark_read
from setfair.programmes.models import Programme

from ..back import one, strays_page
from ..models import Answer, Stray
from ..sms import bring, told

WRONG = (20, timedelta(minutes=10))
"""Wrong secrets from one network."""
MOST = (600, timedelta(minutes=1))
"""Messages that a provider brings; what is more is to be brought again."""
SHORTEST = 24


@door(Permission.PREPARE, Answer)
@require_GET
def came_back(request: HttpRequest, answer: Answer) -> HttpResponse:
    record("read", answer, by=request.actor)  # type: ignore[attr-defined]
    return render(request, "desk/came_back.html", one(answer))


@door(Permission.PREPARE, Answer)
@require_POST
def came_back_read(request: HttpRequest, answer: Answer) -> HttpResponse:
    mark_read(answer, by=request.actor)  # type: ignore[attr-defined]
    return redirect("today")


@door(Permission.READ_STRAY)
@require_GET
def strays(request: HttpRequest, programme: Programme) -> HttpResponse:
    page = strays_page(request.actor)  # type: ignore[attr-defined]
    for stray, _until in page["strays"]:
        record("read", stray, by=request.actor)  # type: ignore[attr-defined]
    return render(request, "desk/strays.html", page)


@door(Permission.READ_STRAY, Stray)
@require_POST
def stray_read(request: HttpRequest, stray: Stray) -> HttpResponse:
    mark_read(stray, by=request.actor)  # type: ignore[attr-defined]
    return redirect("strays")


@csrf_exempt
@require_POST
@open_door
def sms_hook(request: HttpRequest) -> HttpResponse:
    """A provider brings an answer. It has no page of ours and so no form token: the secret in its header stands for it, and nothing else does.

    Whoever brings it learns nothing: what was taken in and what fits nobody are answered alike.
    """
    known, shown = settings.SMS_HOOK_SECRET, request.headers.get("Authorization", "")
    if len(known) < SHORTEST:
        raise Http404
    if not constant_time_compare(shown, f"Bearer {known}"):
        allowed = allow(f"sms hook wrong {network_of(request)}", limit=WRONG[0], per=WRONG[1])
        return HttpResponse(status=403 if allowed else 429)
    if not allow("sms hook", limit=MOST[0], per=MOST[1]):
        return HttpResponse(status=429)
    came = told(request)
    if came is not None:
        bring(came)
    return HttpResponse(status=204 if came is not None else 400)
