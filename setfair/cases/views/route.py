"""By meeting or without: how this case is done, and a change in the middle of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission

from .. import actions, forms, queries
from ..models import Case


@door(Permission.RUN_CASE, Case)
def case_route(request: HttpRequest, case: Case) -> HttpResponse:
    now = queries.how(case)
    form = forms.RouteForm(request.POST if request.method == "POST" else None, initial={"how": now})
    if form.is_valid():
        try:
            actions.choose_route(case, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is done this way from now on."))
            return redirect("case", ref=case.ref)
        except actions.CannotChange as reason:
            form.add_error(None, str(reason))
    page = {"form": form, "now": now, "routes": queries.routes(case), "can_change": case.stage in actions.OPEN_TO_ALL}
    return render(request, "cases/route.html", queries.frame(case, "case") | page, status=422 if form.is_bound else 200)
