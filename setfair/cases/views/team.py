from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.facilitators.queries import certified

from .. import actions, forms, queries
from ..models import Assignment, Case, Exclusion


def _page(request: HttpRequest, case: Case, form: forms.AssignForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "team": queries.team(case),
        "columns": [_("Name"), _("As"), _("Certified until"), ""],
    }
    return render(request, "cases/team.html", queries.frame(case, "case_people") | context, status=status)


@door(Permission.RUN_CASE, Case)
def assignments(request: HttpRequest, case: Case) -> HttpResponse:
    return _page(request, case, forms.AssignForm(team=certified()))


@door(Permission.RUN_CASE, Case)
@require_POST
def assign(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.AssignForm(request.POST, team=queries.of_the_team())
    if form.is_valid():
        try:
            actions.assign(case, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("assignments", ref=case.ref)
        except actions.CannotChange as reason:
            form.add_error(None, str(reason))
    return _page(request, case, form, 422)


@door(Permission.RUN_CASE, Assignment)
@require_POST
def unassign(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    actions.unassign(assignment, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Their part has ended."))
    return redirect("assignments", ref=assignment.case.ref)


@door(Permission.RUN_CASE, Case)
def hand_over(request: HttpRequest, case: Case) -> HttpResponse:
    """From one coordinator to another."""
    others = queries.coordinators(case).exclude(pk=case.coordinator_id)
    form = forms.HandOverForm(request.POST if request.method == "POST" else None, coordinators=others)
    if form.is_valid():
        try:
            actions.hand_over(case, by=request.actor, to=form.cleaned_data["to"])  # type: ignore[attr-defined]
            messages.success(request, _("%(name)s has it now.") % {"name": case.coordinator.name})
            return redirect("case", ref=case.ref)
        except actions.CannotChange as reason:
            form.add_error(None, str(reason))
    context = queries.frame(case, "case") | {"form": form, "anybody": others.exists()}
    return render(request, "cases/hand_over.html", context, status=422 if form.is_bound else 200)


@door(Permission.RUN_CASE, Case)
def keep_out(request: HttpRequest, case: Case) -> HttpResponse:
    """Who of the staff may not open this case. Whoever closes it to themselves goes back to the list."""
    form = forms.KeepOutForm(request.POST if request.method == "POST" else None, staff=queries.staff_of(case))
    if form.is_valid():
        try:
            kept = actions.keep_out(case, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("%(name)s finds this case no more.") % {"name": kept.user.name})
            return redirect("cases") if kept.user_id == request.actor.id else redirect("keep_out", ref=case.ref)  # type: ignore[attr-defined]
        except actions.CannotChange as reason:
            form.add_error(None, str(reason))
    context = queries.frame(case, "case") | {"form": form, "kept_out": queries.kept_out(case)}
    return render(request, "cases/keep_out.html", context, status=422 if form.is_bound else 200)


@door(Permission.RUN_CASE, Exclusion)
@require_POST
@sure
def let_back(request: HttpRequest, exclusion: Exclusion) -> HttpResponse:
    actions.let_back(exclusion, by=request.actor)  # type: ignore[attr-defined]
    return redirect("keep_out", ref=exclusion.case.ref)


@door(Permission.RUN_CASE, Case)
def hold(request: HttpRequest, case: Case) -> HttpResponse:
    """Let a case rest, with a reason from the short list."""
    soon = {"look_on": timezone.localdate() + actions.A_REST}
    form = forms.HoldForm(request.POST if request.method == "POST" else None, initial=soon)
    if form.is_valid():
        try:
            actions.hold(case, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("case", ref=case.ref)
        except actions.CannotChange as reason:
            form.add_error(None, str(reason))
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/hold.html", queries.frame(case, "case") | {"form": form}, status=status)


@door(Permission.RUN_CASE, Case)
@require_POST
def lift(request: HttpRequest, case: Case) -> HttpResponse:
    actions.lift(case, by=request.actor)  # type: ignore[attr-defined]
    return redirect("case", ref=case.ref)
