from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.entry import hold_through, on_the_day
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.models import Case, Participation
from setfair.journal.journey import WrongStep
from setfair.preparation.actions import CannotPrepare, withdraw

from . import actions, pages, queries
from .forms import ArrivalForm, BeginForm, TurnForm
from .journey import Stage
from .models import Conference


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def conference(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The day: before it, during it, after it (screens.md W12). Whoever only reads the script is shown the script."""
    hold_through(request, queries.held_until(conference))
    return _shown(request, conference)


@require_GET
@door(Permission.CONVENE, Case)
def conference_of_case(request: HttpRequest, case: Case) -> HttpResponse:
    """The circle that is planned or under way, else the last one; without any, where one is planned."""
    found = queries.latest_conference(case)
    return redirect("conference", pk=found.pk) if found else redirect("schedule", ref=case.ref)


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def script_page(request: HttpRequest, conference: Conference) -> HttpResponse:
    """To read ahead; nothing is turned by it."""
    form = TurnForm(request.GET)
    page = form.cleaned_data["page"] if form.is_valid() else 1
    return render(request, "conferences/script.html", pages.script(conference, request.actor, page) | {"reading": True})


@on_the_day
@require_POST
@door(Permission.READ_SCRIPT, Conference)
def turns(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = TurnForm(request.POST)
    if not form.is_valid():
        return _shown(request, conference, [_("The script has no such page.")])
    try:
        actions.turn_page(conference, by=request.actor, page=form.cleaned_data["page"])
    except actions.CannotGoOn as reason:
        return _shown(request, conference, [str(reason)])
    return redirect("conference", pk=conference.pk)


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def arrivals(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = ArrivalForm(request.POST, case=conference.case)
    if not form.is_valid():
        return _shown(request, conference, [_("Please choose somebody of this meeting.")])
    try:
        return _marked(request, conference, **form.cleaned_data)
    except (actions.CannotGoOn, CannotPrepare) as reason:
        return _shown(request, conference, [str(reason)])


def _marked(request: HttpRequest, conference: Conference, participation: Participation, came: str) -> HttpResponse:
    """Who does not want to any more has stopped: the day is off, and the others are not told who."""
    if came == "unwilling":
        withdraw(participation, by=request.actor)
        messages.success(request, _("They have stopped for now. The day is off. Tell the others only that it is not today."))
        return redirect("case", ref=conference.case.ref)
    if came == "yes":
        actions.welcome(conference, participation, by=request.actor)
    else:
        actions.mark_attendance(conference, participation, by=request.actor, came=False)
    return redirect("conference", pk=conference.pk)


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def convene(request: HttpRequest, conference: Conference) -> HttpResponse:
    form = BeginForm(request.POST, conference=conference)
    if not form.is_valid():
        return _shown(request, conference, list(form.non_field_errors()), asks_again=True)
    try:
        actions.convene(conference, by=request.actor)
    except actions.CannotConvene as reason:
        return _shown(request, conference, reason.sentences)
    except WrongStep as reason:
        return _shown(request, conference, [str(reason)])
    return redirect("conference", pk=conference.pk)


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def conclude(request: HttpRequest, conference: Conference) -> HttpResponse:
    try:
        actions.conclude(conference, by=request.actor)
    except (actions.CannotGoOn, WrongStep) as reason:
        return _shown(request, conference, [str(reason)])
    return redirect("agreement", ref=conference.case.ref)


@on_the_day
@require_POST
@door(Permission.CONVENE, Conference)
def adjourn(request: HttpRequest, conference: Conference) -> HttpResponse:
    try:
        actions.adjourn(conference, by=request.actor)
    except WrongStep as reason:
        return _shown(request, conference, [str(reason)])
    messages.success(request, _("You have stopped for today. Another day can be chosen when everyone is ready."))
    return redirect("schedule", ref=conference.case.ref)


@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def pause(request: HttpRequest, conference: Conference) -> HttpResponse:
    """A calm page for the break. It is not written down and has no clock."""
    return render(request, "conferences/pause.html", {"conference": conference})


@on_the_day
@require_GET
@door(Permission.CONVENE, Conference)
def stop(request: HttpRequest, conference: Conference) -> HttpResponse:
    return render(request, "conferences/stop.html", {"conference": conference})


@on_the_day
@require_GET
@door(Permission.CONVENE, Conference)
def run_sheet(request: HttpRequest, conference: Conference) -> HttpResponse:
    return render(request, "conferences/sheet.html", pages.sheet(conference, request.actor))


def _shown(request: HttpRequest, conference: Conference, refused: list[str] | None = None, **said: Any) -> HttpResponse:
    """The page that fits where the circle stands and who asks; with a refusal, as 422 and with its sentences."""
    conference.refresh_from_db(fields=["stage"])
    status, more = (422 if refused else 200), {"refused": refused or [], **said}
    if conference.stage == Stage.LIVE or not may(request.actor, Permission.CONVENE, conference):
        context: dict[str, Any] = pages.script(conference, request.actor, queries.page_now(conference))
        return render(request, "conferences/script.html", context | more | {"reading": conference.stage != Stage.LIVE}, status=status)
    if conference.stage == Stage.PLANNED:
        return render(request, "conferences/before.html", pages.before(conference, request.actor) | more, status=status)
    return render(request, "conferences/after.html", pages.around(conference, request.actor) | more, status=status)
