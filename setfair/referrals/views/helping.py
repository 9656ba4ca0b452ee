"""Help with these pages, and a way to say that one of them does not work."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from setfair.access.doors import open_door
from setfair.access.limits import allow
from setfair.access.network import network_of
from setfair.programmes.actions import report_problem

from ..forms.helping import ProblemForm
from .start import here

MOST, PER = 10, timedelta(hours=1)
"""Reports an hour from one network to one programme."""


@require_safe
@open_door
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "referrals/helping.html")


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
def problem(request: HttpRequest, programme: str) -> HttpResponse:
    """It goes to whoever administers the programme, and to nobody who reads requests or cases."""
    ours = here(request)
    form = ProblemForm(request.POST if request.method == "POST" else None, initial={"page": request.GET.get("from", "")})
    if form.is_valid():
        if not allow(f"problem {network_of(request)} {ours.pk}", limit=MOST, per=PER):
            form.add_error(None, _("This was tried many times. Wait a few minutes, then it works again."))
            return render(request, "referrals/problem.html", {"form": form}, status=429)
        report_problem(by=request.actor, **form.said())  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. We look at it."))
        return redirect("problem", programme)
    return render(request, "referrals/problem.html", {"form": form}, status=422 if form.is_bound else 200)
