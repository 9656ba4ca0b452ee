from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.cases.queries import frame
from setfair.core import clock

from . import queries, rounds
from .forms_of_rounds import AskForm, ToldForm
from .models import Round
from .own_times import form_of


@require_http_methods(["GET", "POST"])
@door(Permission.BOOK, Case)
def ask_times(request: HttpRequest, case: Case) -> HttpResponse:
    """Which windows and weeks, until when; then everyone who wants to take part is asked, each on their own page."""
    form = AskForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        try:
            rounds.ask(case, by=request.actor, times=form.times(), until=form.last_moment())  # type: ignore[attr-defined]
        except rounds.CannotAsk as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("They are asked now, each on their own page."))
            return redirect("schedule", ref=case.ref)
    page = frame(case, "schedule") | {"form": form, "again": queries.live_round(case) is not None}
    return render(request, "scheduling/ask_times.html", page, status=422 if form.is_bound else 200)


@require_POST
@door(Permission.BOOK, Round)
def round_close(request: HttpRequest, asked: Round) -> HttpResponse:
    rounds.close(asked, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("No more answers are taken. What was said stays."))
    return redirect("schedule", ref=asked.case.ref)


@require_POST
@door(Permission.BOOK, Round)
def round_take_back(request: HttpRequest, asked: Round) -> HttpResponse:
    rounds.take_back(asked, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It is taken back. Their pages say that there is nothing to do."))
    return redirect("schedule", ref=asked.case.ref)


def told(request: HttpRequest, participation: Participation, asked: Round) -> HttpResponse:
    """What somebody said in a call, written down by the team: who said it, and on which day."""
    today = clock.local(clock.now(), asked.programme.zone).date()
    form = form_of(ToldForm, request, asked, participation, to_team=True, said_on=today)
    if form.is_valid():
        try:
            rounds.answer(asked, participation, by=request.actor, **form.said())  # type: ignore[attr-defined]
        except (rounds.CannotAsk, rounds.IsOver) as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("schedule", ref=participation.case.ref)
    page: dict[str, Any] = frame(participation.case, "schedule") | {"who": participation, "form": form, "told": True}
    return render(request, "scheduling/times_for.html", page, status=422 if form.is_bound else 200)
