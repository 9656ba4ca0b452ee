from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.core.actor import Actor
from setfair.journal.journey import WrongStep
from setfair.programmes.models import Programme

from . import actions, pages
from .forms import AgainForm, TermForm
from .journey import BUSY
from .models import Line, Plan


@door(Permission.PLAN_TERM)
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, programme: Programme) -> HttpResponse:
    """From when until when, and how many wait for a time."""
    form, by = TermForm(request.POST if request.method == "POST" else None, programme=programme), request.actor  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        try:
            plan = actions.plan_term(programme, by=by, language=get_language() or programme.language, **form.cleaned_data)
            return redirect("term_plan", pk=plan.pk)
        except actions.CannotPlan as reason:
            form.add_error(None, str(reason))
    return render(request, "planning/term.html", pages.begin(by, programme, form), status=422 if form.is_bound else 200)


@door(Permission.PLAN_TERM, Plan)
@require_safe
def term_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """A plan as it stands: searched for, a draft, being booked, booked."""
    answer = render(request, pages.template(plan), pages.of(plan, request.actor, request.GET.get("view", "")))  # type: ignore[attr-defined]
    if plan.stage in BUSY:
        answer["Refresh"] = "3"
    return answer


@door(Permission.PLAN_TERM, Plan)
@require_POST
def term_again(request: HttpRequest, plan: Plan) -> HttpResponse:
    form = AgainForm(request.POST)
    keeps = form.cleaned_data["keeps"] if form.is_valid() else ""
    return _done(request, plan, lambda by: actions.plan_again(plan, by=by, keeps=keeps))


@door(Permission.PLAN_TERM, Plan)
@require_POST
def term_stop(request: HttpRequest, plan: Plan) -> HttpResponse:
    return _done(request, plan, lambda by: actions.stop(plan, by=by))


@door(Permission.PLAN_TERM, Plan)
@require_POST
def term_accept(request: HttpRequest, plan: Plan) -> HttpResponse:
    return _done(request, plan, lambda by: actions.accept(plan, by=by))


@door(Permission.PLAN_TERM, Plan)
@require_POST
def term_away(request: HttpRequest, plan: Plan) -> HttpResponse:
    try:
        stays = actions.put_away(plan, by=request.actor).lines.exists()  # type: ignore[attr-defined]
    except WrongStep as reason:
        messages.info(request, str(reason))
        return redirect("term_plan", pk=plan.pk)
    said = _("The plan is put away. What is booked or asked stays.") if stays else _("The plan is put away. Nothing of it was booked.")
    messages.success(request, said)
    return redirect("term")


@door(Permission.PLAN_TERM, Line)
@require_http_methods(["GET", "HEAD", "POST"])
def term_line(request: HttpRequest, line: Line) -> HttpResponse:
    """Another time for one case, of those that fit while all others stay where they are."""
    form, blocks = pages.times_of(line, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.choose(line, by=request.actor, time=form.chosen())  # type: ignore[attr-defined]
            return redirect("term_plan", pk=line.plan_id)
        except actions.CannotPlan as reason:
            form.add_error(None, str(reason))
    return render(request, "planning/change.html", pages.change(line, form, blocks), status=422 if form.is_bound else 200)


@door(Permission.PLAN_TERM, Line)
@require_POST
def term_pin(request: HttpRequest, line: Line) -> HttpResponse:
    pinned = request.POST.get("pinned") == "yes"
    return _done(request, line.plan, lambda by: actions.pin(line, by=by, pinned=pinned))


@door(Permission.PLAN_TERM, Line)
@require_POST
def term_out(request: HttpRequest, line: Line) -> HttpResponse:
    return _done(request, line.plan, lambda by: actions.take_out(line, by=by))


@door(Permission.PLAN_TERM, Line)
@require_POST
def term_in(request: HttpRequest, line: Line) -> HttpResponse:
    return _done(request, line.plan, lambda by: actions.take_in(line, by=by))


def _done(request: HttpRequest, plan: Plan, act: Callable[[Actor], object]) -> HttpResponse:
    try:
        act(request.actor)  # type: ignore[attr-defined]
    except (actions.CannotPlan, WrongStep) as reason:
        messages.info(request, str(reason))
    return redirect("term_plan", pk=plan.pk)
