"""The day: before it, during it, after it (screens.md W12)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.entry import hold_through, on_the_day
from setfair.access.policy import Permission
from setfair.cases.models import Case
from setfair.journal.journey import WrongStep

from .. import actions, queries
from ..forms import BeginForm, EndingForm
from ..journey import Stage
from ..models import Conference, Ending
from .showing import shown


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def conference(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The day: before it, during it, after it (screens.md W12). Whoever only reads the script is shown the script."""
    hold_through(request, queries.held_until(conference))
    return shown(request, conference)


@require_GET
@door(Permission.CONVENE, Case)
def conference_of_case(request: HttpRequest, case: Case) -> HttpResponse:
    """The circle that is planned or under way, else the last one; without any, where one is planned."""
    found = queries.latest_conference(case)
    return redirect("conference", pk=found.pk) if found else redirect("schedule", ref=case.ref)


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def convene(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = BeginForm(request.POST, conference=conference)
    if not form.is_valid():
        return shown(request, conference, list(form.non_field_errors()), asks_again=True)
    try:
        actions.convene(conference, by=request.actor)
    except actions.CannotConvene as reason:
        return shown(request, conference, reason.sentences)
    except WrongStep as reason:
        return shown(request, conference, [str(reason)])
    return redirect("conference", pk=conference.pk)


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def conclude(request: HttpRequest, conference: Conference) -> HttpResponse:
    try:
        actions.conclude(conference, by=request.actor)
    except (actions.CannotGoOn, WrongStep) as reason:
        return shown(request, conference, [str(reason)])
    return redirect("agreement", ref=conference.case.ref)


@on_the_day
@door(Permission.CONVENE, Conference)
def adjourn(request: HttpRequest, conference: Conference) -> HttpResponse:
    """In calm: they go on another day."""
    return _ended(request, conference, Ending.How.ADJOURNED)


@on_the_day
@door(Permission.CONVENE, Conference)
def stop(request: HttpRequest, conference: Conference) -> HttpResponse:
    """For safety: what to do comes first, and why it stopped last."""
    return _ended(request, conference, Ending.How.STOPPED)


def _ended(request: HttpRequest, conference: Conference, how: Ending.How) -> HttpResponse:
    if request.method == "GET" and conference.stage not in (Stage.PLANNED, Stage.LIVE):
        return redirect("conference", pk=conference.pk)
    form = EndingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "conferences/stop.html", {"conference": conference, "form": form, "safely": how == Ending.How.STOPPED}, status=status)
    try:
        actions.adjourn(conference, by=request.actor, how=how, **form.cleaned_data)
    except (actions.CannotGoOn, WrongStep) as reason:
        return shown(request, conference, [str(reason)])
    messages.success(request, _("You have stopped for today. Another day can be chosen when everyone is ready."))
    return redirect("schedule", ref=conference.case.ref)
