"""For those who are told: what was said, how they are reached, and that somebody acts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.journal.actions import note_reading
from setfair.programmes.models import Programme

from .. import actions, queries
from ..forms import PhoneForm, StepForm
from ..models import Alarm


@door(Permission.ANSWER_ALARM)
@require_GET
def alarms(request: HttpRequest, programme: Programme) -> HttpResponse:
    return _list(request, PhoneForm(initial={"number": queries.phone_of(request.actor)}))  # type: ignore[attr-defined]


@door(Permission.ANSWER_ALARM)
@require_POST
def alarm_phone(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    actions.text_me(programme, by=request.actor, number=form.cleaned_data["number"])  # type: ignore[attr-defined]
    return redirect("alarms")


@door(Permission.ANSWER_ALARM, Alarm)
@require_GET
def alarm_read(request: HttpRequest, row: Alarm) -> HttpResponse:
    note_reading(row, by=request.actor)  # type: ignore[attr-defined]
    return _page(request, row, StepForm())


@door(Permission.ANSWER_ALARM, Alarm)
@require_POST
def alarm_heard(request: HttpRequest, row: Alarm) -> HttpResponse:
    actions.hear(row, by=request.actor)  # type: ignore[attr-defined]
    return redirect("alarm_read", pk=row.pk)


@door(Permission.ANSWER_ALARM, Alarm)
@require_POST
def alarm_step(request: HttpRequest, row: Alarm) -> HttpResponse:
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            actions.take_step(row, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("alarm_read", pk=row.pk)
        except actions.NotYet as reason:
            form.add_error(None, str(reason))
    return _page(request, row, form)


def _page(request: HttpRequest, row: Alarm, form: StepForm) -> HttpResponse:
    context = {"page": queries.page(row, request.actor), "alarm": row, "form": form}  # type: ignore[attr-defined]
    return render(request, "safety/read.html", context, status=422 if form.is_bound else 200)


def _list(request: HttpRequest, form: PhoneForm) -> HttpResponse:
    context = {"alarms": queries.alarms(request.actor), "form": form, "usual": queries.usual_minutes()}  # type: ignore[attr-defined]
    return render(request, "safety/alarms.html", context, status=422 if form.is_bound else 200)
