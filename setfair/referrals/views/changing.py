"""What an office changes of what it sent, and another code in the place of one that was lost."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.entry import is_of_office
from setfair.access.policy import Permission
from setfair.core.text import shown

from .. import actions, changed
from ..draft import sealed
from ..forms.following import Change
from ..journey import Stage
from ..models import Referral
from ..ours import Standing, standing


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.FOLLOW_REFERRAL, Referral)
def status_change(request: HttpRequest, referral: Referral) -> HttpResponse:
    if not may_change(request, referral):
        return redirect("status")
    form = Change(request.POST if request.method == "POST" else None, programme=request.programme)  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            actions.amend(referral, by=request.actor, **form.given())  # type: ignore[attr-defined]
            messages.success(request, _("Thank you. We have it, with your reason."))
            return redirect("status")
        except actions.CannotAsk as reason:
            form.add_error(None, str(reason))
    told = changed.changes(referral.additions.all())  # type: ignore[attr-defined]
    return render(request, "referrals/change.html", {"form": form, "referral": referral, "changes": told}, status=422 if form.errors else 200)


def may_change(request: HttpRequest, referral: Referral) -> bool:
    """An office, while somebody works with what it sent. Everybody else tells more in their own words."""
    return referral.is_professional and referral.stage in (Stage.RECEIVED, Stage.ACCEPTED) and in_its_name(request, referral)


def in_its_name(request: HttpRequest, referral: Referral) -> bool:
    """Nothing more is done in the name of an office before somebody who reads its address has opened the link that went there."""
    return is_of_office(request) or standing(referral) in (None, Standing.OURS, Standing.NO_ADDRESS)


@require_POST
@door(Permission.FOLLOW_REFERRAL, Referral)
def status_code(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Their new code, once. The stay began with the old one and ends with it: they come in with the new one, and see that it works."""
    code = actions.give_code(referral, by=request.actor)  # type: ignore[attr-defined]
    return render(request, "referrals/new_code.html", {"code": shown(code)})


@require_POST
@door(Permission.SCREEN_REFERRAL, Referral)
def request_code(request: HttpRequest, referral: Referral) -> HttpResponse:
    """For somebody who lost theirs and asks the team; it is shown once, on the page of the request."""
    place = f"code {referral.ref}"
    request.session[place] = sealed(actions.give_code(referral, by=request.actor), place)  # type: ignore[attr-defined]
    return redirect("request", ref=referral.ref)
