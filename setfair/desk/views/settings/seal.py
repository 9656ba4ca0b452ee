"""The key by which readers of PDFs tell that a copy is the programme's own: what it is, and another in its place (decision 153)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.programmes.models import Programme
from setfair.seals import actions, queries


@door(Permission.CHANGE_SETTINGS)
def seal(request: HttpRequest, programme: Programme) -> HttpResponse:
    seals = queries.shown()
    address = f"{settings.SITE_ADDRESS}{reverse('seal_here', args=[programme.slug])}"
    page = {"now": [one for one in seals if not one.ended_at], "before": [one for one in seals if one.ended_at], "address": address}
    return render(request, "settings/seal.html", page)


@door(Permission.CHANGE_SETTINGS)
@sure
@require_POST
def replace(request: HttpRequest, programme: Programme) -> HttpResponse:
    key = queries.live_key()
    if key is not None and str(key.number) == request.POST.get("number") and actions.end_key(key, by=request.actor):  # type: ignore[attr-defined]
        messages.success(request, _("The old key is destroyed. A new one is being made."))
    else:
        messages.info(request, _("It was replaced already."))
    return redirect("settings_seal")
