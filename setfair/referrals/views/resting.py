from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes.own_reasons import in_words

from .. import actions, letters, queries
from ..forms.screening import Rest
from ..models import Referral


@door(Permission.SCREEN_REFERRAL, Referral)
def request_rest(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Let it wait, with a reason from the short list and a day."""
    form = Rest(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.rest(referral, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _told(referral))
            return redirect("request", ref=referral.ref)
        except actions.CannotScreen as reason:
            form.add_error(None, str(reason))
    resting = queries.rest_of(referral)
    context = {"referral": referral, "form": form, "resting": resting, "why": in_words(resting) if resting else ""}
    return render(request, "referrals/requests/rest.html", context, status=422 if form.is_bound else 200)


@require_POST
@door(Permission.SCREEN_REFERRAL, Referral)
def request_take_up(request: HttpRequest, referral: Referral) -> HttpResponse:
    actions.take_up(referral, by=request.actor)  # type: ignore[attr-defined]
    return redirect("request", ref=referral.ref)


def _told(referral: Referral) -> str:
    if letters.way_to(referral) is None and not (referral.reach or {}).get("none"):
        return _("It waits. Nobody could write to whoever asked: please tell them the day.")
    return _("It waits. On that day it stands on Today.")
