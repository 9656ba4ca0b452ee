"""All that one office sent, under one link; each of them opens on its own page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setfair.access import entry
from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.accounts.actions import revoke_passes
from setfair.accounts.models import Pass
from setfair.core.doors import gives_a_file
from setfair.programmes.models import Programme

from .. import actions, office
from ..models import Referral


@require_safe
@door(Permission.FOLLOW_OFFICE)
def office_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "referrals/office.html", {"lines": office.lines(request.actor, programme)})  # type: ignore[attr-defined]


@gives_a_file
@require_safe
@door(Permission.FOLLOW_OFFICE)
def office_csv(request: HttpRequest, programme: Programme) -> HttpResponse:
    rows = office.lines(request.actor, programme)  # type: ignore[attr-defined]
    headers = {"Content-Disposition": f'attachment; filename="{office.NAME}"'}
    return HttpResponse("\ufeff" + office.as_csv(rows, programme.zone), content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
@door(Permission.FOLLOW_REFERRAL, Referral)
def office_open(request: HttpRequest, referral: Referral) -> HttpResponse:
    if entry.came_as_office(request):
        entry.step_in(request, referral.pk)
    return redirect("status")


@require_POST
@door(Permission.FOLLOW_REFERRAL, Referral)
def office_word(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Whether it came from there, said with the link that went to the office's own address."""
    if not entry.came_as_office(request):
        return redirect("status")
    if request.POST.get("ours") in ("yes", "no"):
        actions.say_whose(referral, by=request.actor, is_ours=request.POST["ours"] == "yes")  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. We have it."))
    return redirect("office")


@require_POST
@door(Permission.FOLLOW_OFFICE)
def office_shut(request: HttpRequest, programme: Programme) -> HttpResponse:
    """A link was passed on: it ends for everybody, and so does each stay that began with one."""
    by = request.actor  # type: ignore[attr-defined]
    revoke_passes(bearer=Pass.Bearer.OFFICE, bearer_id=by.id, by=by)
    messages.success(request, _("It is closed for everybody. Ask for a new link to come back."))
    return redirect("new_link")


@require_POST
@door(Permission.FOLLOW_REFERRAL, Referral)
def status_back(request: HttpRequest, referral: Referral) -> HttpResponse:
    entry.step_back(request)
    return redirect("office" if entry.came_as_office(request) else "status")
