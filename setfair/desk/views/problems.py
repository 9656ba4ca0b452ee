"""Pages that did not work for somebody: read by whoever administers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.programmes.actions import settle_problem
from setfair.programmes.models import Problem, Programme
from setfair.vault import ring

MOST = 50


@require_safe
@door(Permission.READ_PROBLEM)
def problems(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The oldest first."""
    rows = list(open_to(request.actor, Permission.READ_PROBLEM, Problem).order_by("at", "pk")[:MOST])  # type: ignore[attr-defined]
    ring.gather(row.pk for row in rows)
    return render(request, "desk/problems.html", {"problems": rows})


@require_POST
@door(Permission.READ_PROBLEM, Problem)
def problem_settled(request: HttpRequest, problem: Problem) -> HttpResponse:
    settle_problem(problem, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It is done. The words are gone."))
    return redirect("problems")
