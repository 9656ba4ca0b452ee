"""Orders with their papers, and what somebody lives under: for whoever runs the case, and for nobody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure, sure_to_send
from setfair.people.actions import CannotAdd
from setfair.people.limits import conditions_of

from .. import actions, queries
from ..forms_of_limits import ConditionForm, OverForm, PaperForm
from ..models import Case, Participation


@door(Permission.RUN_CASE, Case)
@require_http_methods(["GET", "POST"])
@sure_to_send
def order_paper(request: HttpRequest, case: Case) -> HttpResponse:
    walls = queries.walls(case, queries.circle(case))
    form = PaperForm(request.POST if request.method == "POST" else None, walls=walls)
    if form.is_valid():
        try:
            actions.show_paper(case, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("case_people", ref=case.ref)
        except CannotAdd as reason:
            form.add_error(None, str(reason))
    page = queries.frame(case, "case_people") | {"form": form, "walls": walls}
    return render(request, "cases/paper.html", page, status=422 if form.is_bound else 200)


@door(Permission.RUN_CASE, Participation)
@require_http_methods(["GET", "POST"])
def conditions(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = ConditionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.set_condition(participation, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("conditions", pk=participation.pk)
        except CannotAdd as reason:
            form.add_error(None, str(reason))
    page = {"participation": participation, "rows": conditions_of([participation.person_id]), "form": form}
    page |= queries.frame(participation.case, "case_people")
    return render(request, "cases/conditions.html", page, status=422 if form.is_bound else 200)


@door(Permission.RUN_CASE, Participation)
@require_POST
@sure
def condition_over(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = OverForm(request.POST, rows=conditions_of([participation.person_id]))
    if form.is_valid():
        actions.end_condition(participation, by=request.actor, condition=form.cleaned_data["condition"])  # type: ignore[attr-defined]
    return redirect("conditions", pk=participation.pk)
