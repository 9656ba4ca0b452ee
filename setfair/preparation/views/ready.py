"""What a case still waits for, by name, and the button that says it waits no more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.cases.queries import frame
from setfair.journal.journey import WrongStep

from .. import actions, forms, queries


def _page(request: HttpRequest, case: Case, status: int = 200, **bound: Any) -> HttpResponse:
    circle = queries.circle(case)
    blockers = queries.standing(circle)
    context = {
        "everyone": queries.of_all(circle),
        "blockers": blockers,
        "overrides": circle.overrides,
        "conditions": queries.conditions(case),
        "to_look_at": queries.still_to_look_at(case),
        "aside": forms.AsideForm(blockers=blockers),
        "is_preparing": case.stage == Stage.PREPARING,
        "may_run": may(request.actor, Permission.RUN_CASE, case),  # type: ignore[attr-defined]
        "may_sign": may(request.actor, Permission.SIGN_OFF_SAFETY, case),  # type: ignore[attr-defined]
    }
    return render(request, "preparation/ready.html", frame(case, "case") | context | bound, status=status)


@door(Permission.DECLARE_READY, Case)
def ready(request: HttpRequest, case: Case) -> HttpResponse:
    return _page(request, case)


@door(Permission.DECLARE_READY, Case)
@require_POST
def declare(request: HttpRequest, case: Case) -> HttpResponse:
    try:
        actions.declare_ready(case, by=request.actor)  # type: ignore[attr-defined]
    except (actions.NotReady, WrongStep) as reason:
        return _page(request, case, 422, refusal=str(reason))
    messages.success(request, _("Everyone has agreed. Next: find a time."))
    return redirect("schedule", ref=case.ref)


@door(Permission.DECLARE_READY, Case)
@require_POST
def set_aside(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.AsideForm(request.POST, blockers=queries.blockers(case))
    if form.is_valid():
        try:
            actions.set_aside(case, by=request.actor, **form.said())  # type: ignore[attr-defined]
            return redirect("ready", ref=case.ref)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    return _page(request, case, 422, aside=form, form=form)
