"""Whom of the team a request is not for, as the coordinator says it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may

from .. import actions
from ..forms.screening import Apart
from ..models import KeptOut, Referral


@require_POST
@door(Permission.SCREEN_REFERRAL, Referral)
def request_keep_out(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Whoever keeps themselves out is led away from it at once."""
    form = Apart(request.POST)
    try:
        if not form.is_valid():
            raise actions.CannotScreen(_("Please choose who, and why."))
        kept = actions.keep_out(referral, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("From now on it is not there for %(name)s.") % {"name": kept.user.name})
    except actions.CannotScreen as reason:
        messages.info(request, str(reason))
    there = may(request.actor, Permission.READ_REFERRAL, referral)  # type: ignore[attr-defined]
    return redirect("request", ref=referral.ref) if there else redirect("requests")


@require_POST
@door(Permission.SCREEN_REFERRAL, KeptOut)
def request_let_back(request: HttpRequest, kept: KeptOut) -> HttpResponse:
    actions.let_back(kept, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It is there for them again."))
    return redirect("request", ref=kept.referral.ref)
