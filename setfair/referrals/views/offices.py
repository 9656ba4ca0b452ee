"""All that one office sent, under one link; each of them opens on its own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from setfair.access import entry
from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.core.doors import gives_a_file
from setfair.programmes.models import Programme

from .. import office
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
def status_back(request: HttpRequest, referral: Referral) -> HttpResponse:
    entry.step_back(request)
    return redirect("office" if entry.came_as_office(request) else "status")
