"""What a case still waits for on its day, by name, and the button that says it waits no more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.journal.journey import WrongStep

from .. import actions, queries
from .. import forms_of_board as forms

OPEN = (Stage.PREPARING, Stage.READY, Stage.SCHEDULED)
"""While the day lies ahead."""


def _picker(request: HttpRequest, known: queries.Circle) -> forms.DayForm:
    said = request.POST if request.method == "POST" else request.GET
    return forms.DayForm(said if said.get("on") else None, today=known.today())


def _page(request: HttpRequest, case: Case, status: int = 200, **bound: Any) -> HttpResponse:
    case.programme = request.programme  # type: ignore[attr-defined]
    circle = queries.circle(case)
    picker = _picker(request, circle)
    day = picker.day() or queries.booked_day(case)
    board = queries.board(circle, day or circle.today())
    context = {
        "board": board,
        "day": day,
        "picker": picker if picker.is_bound else forms.DayForm(today=circle.today(), initial={"on": day}),
        "booked": case.stage == Stage.SCHEDULED and day == queries.booked_day(case),
        "overrides": circle.overrides,
        "conditions": queries.conditions(case),
        "to_look_at": queries.still_to_look_at(case),
        "aside": forms.AsideForm(blockers=board.missing),
        "is_open": case.stage in OPEN,
        "is_preparing": case.stage == Stage.PREPARING,
        "may_run": may(request.actor, Permission.RUN_CASE, case),  # type: ignore[attr-defined]
        "may_sign": may(request.actor, Permission.SIGN_OFF_SAFETY, case),  # type: ignore[attr-defined]
        "may_set_aside": may(request.actor, Permission.SET_ASIDE, case),  # type: ignore[attr-defined]
    }
    return render(request, "preparation/ready.html", queries.around(circle, "case") | context | bound, status=status)


@door(Permission.DECLARE_READY, Case)
def ready(request: HttpRequest, case: Case) -> HttpResponse:
    """For the day that is asked for, else for the one that is booked, else for today."""
    return _page(request, case)


@door(Permission.DECLARE_READY, Case)
@require_POST
def declare(request: HttpRequest, case: Case) -> HttpResponse:
    try:
        actions.declare_ready(case, by=request.actor, on=_day(request, case))  # type: ignore[attr-defined]
    except (actions.NotReady, WrongStep) as reason:
        return _page(request, case, 422, refusal=str(reason))
    messages.success(request, _("Everyone has agreed. Next: find a time."))
    return redirect("schedule", ref=case.ref)


@door(Permission.SET_ASIDE, Case)
@require_POST
def set_aside(request: HttpRequest, case: Case) -> HttpResponse:
    on = _day(request, case)
    form = forms.AsideForm(request.POST, blockers=queries.blockers(case, on))
    if form.is_valid():
        try:
            actions.set_aside(case, by=request.actor, on=on, **form.said())  # type: ignore[attr-defined]
            return redirect(reverse("ready", args=[case.ref], query={"on": on} if on else None))
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    return _page(request, case, 422, aside=form, form=form)


def _day(request: HttpRequest, case: Case) -> date | None:
    """The day the page was open at: what is said there is said for that day."""
    return _picker(request, queries.circle(case)).day()
