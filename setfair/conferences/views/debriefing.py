"""Three minutes after a circle: filled in by those who held it, read by whoever supervises."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.entry import on_the_day
from setfair.access.policy import Permission
from setfair.cases.queries import circle
from setfair.journal.actions import note_reading
from setfair.programmes.models import Programme

from .. import actions, debriefs
from ..forms import DebriefForm
from ..models import Conference, Debrief


@on_the_day
@door(Permission.DEBRIEF, Conference)
def debrief(request: HttpRequest, conference: Conference) -> HttpResponse:
    if request.method == "GET" and conference.stage not in debriefs.SAT:
        return redirect("conference", pk=conference.pk)
    form = DebriefForm(request.POST if request.method == "POST" else None, people=circle(conference.case))
    if form.is_valid():
        try:
            actions.debrief(conference, by=request.actor, **form.said())
            messages.success(request, _("Thank you. Be kind to yourself."))
            return redirect("conference", pk=conference.pk)
        except actions.CannotGoOn as reason:
            form.add_error(None, str(reason))
    page = {"conference": conference, "form": form, "last": debriefs.last_of(conference, request.actor)}
    return render(request, "conferences/debrief.html", page, status=422 if form.is_bound else 200)


@require_GET
@door(Permission.READ_DEBRIEF)
def debrief_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "conferences/debriefs.html", {"debriefs": debriefs.readable_by(request.actor)})


@require_GET
@door(Permission.READ_DEBRIEF, Debrief)
def debrief_read(request: HttpRequest, row: Debrief) -> HttpResponse:
    note_reading(row, by=request.actor)
    return render(request, "conferences/debrief_read.html", {"debrief": row, "read": debriefs.read(row)})


@require_POST
@door(Permission.READ_DEBRIEF, Debrief)
def debrief_done(request: HttpRequest, row: Debrief) -> HttpResponse:
    actions.have_read(row, by=request.actor)
    return redirect("debrief_list")
