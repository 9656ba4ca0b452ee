"""A high worry, or what was found when the request was looked at, before whoever answers for safety."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.models import Case, Participation
from setfair.cases.queries import frame

from .. import actions, queries
from .. import forms_of_board as forms


@door(Permission.SIGN_OFF_SAFETY, Participation)
def sign_off(request: HttpRequest, participation: Participation) -> HttpResponse:
    """What the worry is, the plan against it, and the word that it can go on."""
    form = forms.SignOffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.sign_off(participation, by=request.actor, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
            messages.success(request, _("It is signed off, with your reason."))
            return redirect("case", ref=participation.case.ref)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    may_prepare = may(request.actor, Permission.PREPARE, participation)  # type: ignore[attr-defined]
    page = {"participation": participation, "form": form, "may_prepare": may_prepare} | queries.worry(participation)
    return render(request, "preparation/sign_off.html", frame(participation.case, "case") | page, status=422 if form.is_bound else 200)


@door(Permission.SIGN_OFF_SAFETY, Case)
def sign_off_gate(request: HttpRequest, case: Case) -> HttpResponse:
    """An order, or violence and pressure, as the request was answered: why it can go on, one by one."""
    gates = [b for b in queries.blockers(case) if b.needs_sign_off and b.participation is None]
    form = forms.GateForm(request.POST if request.method == "POST" else None, gates=gates)
    if form.is_valid():
        try:
            actions.sign_off_gate(case, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is signed off, with your reason."))
            return redirect("case", ref=case.ref)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    page = {"form": form, "gates": gates}
    return render(request, "preparation/sign_off_gate.html", frame(case, "case") | page, status=422 if form.is_bound else 200)
