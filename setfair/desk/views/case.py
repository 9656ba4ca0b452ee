from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.models import Case
from setfair.cases.queries import frame

from ..case_page import overview
from ..handover import handover
from ..history import history


@door(Permission.OPEN_CASE, Case)
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """W6. Its door writes down who opened it."""
    page = overview(case, request.actor, request.programme)  # type: ignore[attr-defined]
    return render(request, "desk/case.html", page)


@door(Permission.OPEN_CASE, Case)
def case_history(request: HttpRequest, case: Case) -> HttpResponse:
    """What has happened in it, newest first, each with who and when."""
    page = history(case, before=request.GET.get("older", ""), readings=request.GET.get("readings") == "1")
    supervises = may(request.actor, Permission.SEE_WHO_LOOKED, case)  # type: ignore[attr-defined]
    return render(request, "desk/history.html", frame(case, "case_history") | {"page": page, "supervises": supervises})


@door(Permission.PREPARE, Case)
def case_handover(request: HttpRequest, case: Case) -> HttpResponse:
    """One page for whoever takes it on, to be read or printed."""
    may_run = may(request.actor, Permission.RUN_CASE, case)  # type: ignore[attr-defined]
    return render(request, "desk/handover.html", frame(case, "case") | {"page": handover(case), "may_run": may_run})
