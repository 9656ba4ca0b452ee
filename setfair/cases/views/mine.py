"""What one of the team is asked to help with, and what they help with: a day and an hour, and no name of anybody in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door, open_door
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Programme

from .. import actions, queries
from ..forms_of_team import DutyForm
from ..hours import hours_of
from ..journey import Stage
from ..letters_of_duty import when_of
from ..models import Assignment, Duty


@door(Permission.SEE_TODAY)
def mine(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Where one of the team sees their own: what waits for a yes or no, and what they have said yes to. By alias, never by name."""
    actor = request.actor  # type: ignore[attr-defined]
    duties = open_to(actor, Permission.ANSWER_DUTY, Duty).select_related("case", "programme").order_by("starts_at", "id")
    on = open_to(actor, Permission.ANSWER_DUTY, Assignment).filter(ended_at__isnull=True)
    hours = hours_of(actor.id)
    helping = [(one, hours.get(one.case_id)) for one in on.exclude(case__stage=Stage.CLOSED).select_related("case").order_by("since", "id")]
    page = {"asked": [(d, when_of(d)) for d in duties.filter(answer="") if d.is_open], "helping": helping}
    return render(request, "cases/mine.html", page)


@door(Permission.ANSWER_DUTY, Duty)
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest, duty: Duty) -> HttpResponse:
    return _asked(request, duty, "ui/staff.html", request.actor)  # type: ignore[attr-defined]


@open_door
@require_http_methods(["GET", "POST"])
def duty_link(request: HttpRequest, programme: str, token: str) -> HttpResponse:
    """The same by the link that went to them: it opens this one question and nothing else. Looking at it answers nothing."""
    duty = queries.duty_of(token)
    if duty is None:
        raise Http404
    return _asked(request, duty, "ui/public.html", Actor(Kind.STAFF, duty.programme_id, duty.facilitator.user_id))


@door(Permission.ANSWER_DUTY, Assignment)
@require_POST
def known_there(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    actions.know_each_other(assignment.case, by=request.actor, facilitator=assignment.facilitator)  # type: ignore[attr-defined]
    messages.success(request, _("Thank you. You do not help there any more. Nobody is told who said so."))
    return redirect("duties")


@door(Permission.ANSWER_DUTY, Assignment)
@require_POST
def step_out(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    actions.step_out(assignment, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Thank you for telling us. You do not help there any more."))
    return redirect("duties")


@door(Permission.RUN_CASE, Duty)
@require_POST
def duty_off(request: HttpRequest, duty: Duty) -> HttpResponse:
    actions.take_back(duty, by=request.actor)  # type: ignore[attr-defined]
    return redirect("team_builder", ref=duty.case.ref)


def _asked(request: HttpRequest, duty: Duty, base: str, by: Actor) -> HttpResponse:
    form, refused, asks = DutyForm(request.POST if request.method == "POST" else None), "", duty.is_open
    if form.is_valid():
        try:
            duty = _say(duty, form.cleaned_data["answer"], by)
        except actions.CannotChange as reason:
            refused = str(reason)
    page: dict[str, Any] = {"base": base, "duty": duty, "when": when_of(duty), "form": form, "refused": refused, "asks": asks}
    return render(request, "cases/duty.html", page, status=422 if refused or (form.is_bound and not form.is_valid()) else 200)


def _say(duty: Duty, answer: str, by: Actor) -> Duty:
    if answer == "known":
        actions.know_each_other(duty.case, by=by, facilitator=duty.facilitator)
        duty.refresh_from_db()
        return duty
    return (actions.say_yes_to if answer == "yes" else actions.say_no_to)(duty, by=by)
