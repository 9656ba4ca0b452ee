"""The run sheet on paper, and typed back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.entry import on_the_day
from setfair.access.policy import Permission

from .. import actions, pages
from ..forms_of_paper import SheetForm
from ..models import Conference


@on_the_day
@require_GET
@door(Permission.CONVENE, Conference)
def run_sheet(request: HttpRequest, conference: Conference) -> HttpResponse:
    return render(request, "conferences/sheet.html", pages.sheet(conference, request.actor))


@on_the_day
@door(Permission.CONVENE, Conference)
def type_back(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What was written on it by hand, afterwards."""
    form = SheetForm(request.POST if request.method == "POST" else None, conference=conference, **pages.on_paper(conference))
    if form.is_valid():
        try:
            actions.type_back(conference, by=request.actor, **form.said())
            messages.success(request, _("All of it is written down, with the times of the sheet."))
            return redirect("conference", pk=conference.pk)
        except actions.REFUSALS as reason:
            form.add_error(None, str(reason))
    return render(request, "conferences/typed.html", {"conference": conference, "form": form}, status=422 if form.is_bound else 200)
