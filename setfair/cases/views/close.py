"""Who of the team is close to somebody here, and who said that it is all right."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission

from .. import actions, queries
from ..forms_of_team import AsideForm, CloseForm, NearForm
from ..models import Assent, Case


def _page(request: HttpRequest, case: Case, form: CloseForm, refused: str = "") -> HttpResponse:
    rows = [
        {"near": n, "who": n.closeness.facilitator.user.name, "lacks": [w for w in Assent.Who if w in n.lacks]}
        for rows in queries.near(case).values()
        for n in rows
    ]
    known = [
        {"who": one.facilitator.user.name, "form": AsideForm(known=None, initial={"acquaintance": one.pk}, auto_id=f"id_%s_{one.pk}"), "pk": one.pk}
        for one in queries.acquaintances(case).select_related("facilitator__user")
    ]
    page = {
        "form": form,
        "rows": rows,
        "known": known,
        "refused": refused,
        "asks": any(row["lacks"] for row in rows),
        "columns": [_("Name"), _("Is close to"), _("How"), ""],
    }
    return render(request, "cases/close.html", queries.frame(case, "case_people") | page, status=422 if form.is_bound or refused else 200)


def _form(case: Case, data: Any = None) -> CloseForm:
    people = queries.here(case).select_related("person").order_by("added_at", "id")
    return CloseForm(data, team=queries.of_the_team().order_by("user__name", "id"), people=people)


@door(Permission.RUN_CASE, Case)
@require_http_methods(["GET", "POST"])
def close_ties(request: HttpRequest, case: Case) -> HttpResponse:
    form = _form(case, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.note_close(by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("close_ties", ref=case.ref)
        except actions.CannotChange as reason:
            form.add_error(None, str(reason))
    return _page(request, case, form)


@door(Permission.RUN_CASE, Case)
@require_POST
def close_over(request: HttpRequest, case: Case) -> HttpResponse:
    form = NearForm(request.POST, people=queries.here(case))
    if form.is_valid():
        actions.end_close(form.cleaned_data["closeness"], by=request.actor)  # type: ignore[attr-defined]
    return redirect("close_ties", ref=case.ref)


@door(Permission.RUN_CASE, Case)
@require_POST
def close_aside(request: HttpRequest, case: Case) -> HttpResponse:
    form = AsideForm(request.POST, known=queries.acquaintances(case))
    if not form.is_valid():
        return _page(request, case, _form(case), _("Please choose why."))
    actions.set_aside(form.cleaned_data["acquaintance"], by=request.actor, why=form.cleaned_data["why"])  # type: ignore[attr-defined]
    return redirect("close_ties", ref=case.ref)


@door(Permission.RUN_CASE, Case)
@require_POST
def close_agreed(request: HttpRequest, case: Case) -> HttpResponse:
    form = NearForm(request.POST, people=queries.here(case))
    try:
        if form.is_valid():
            actions.assent(case, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
    except actions.CannotChange as reason:
        return _page(request, case, _form(case), str(reason))
    return redirect("close_ties", ref=case.ref)
