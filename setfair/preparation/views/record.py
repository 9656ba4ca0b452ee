"""Consent as a record, for those who prepare: what each answer was, to which words, and whom to ask again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.cases.queries import frame
from setfair.programmes.models import Programme

from .. import actions, forms, queries


@door(Permission.PREPARE, Participation)
@require_GET
def consent_record(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Who said what to which words, for what and to whom, how and until when."""
    lines = queries.record_of(participation)
    page = {"participation": participation, "person": participation.person, "lines": lines, "shared": queries.shared_about(participation)}
    return render(request, "preparation/record.html", frame(participation.case, "case_people") | page)


@door(Permission.PREPARE, Participation)
@require_POST
def consent_back(request: HttpRequest, participation: Participation, said: UUID) -> HttpResponse:
    """They told us that they take one yes back; no reason is asked."""
    answer = queries.answer_about(participation, said)
    try:
        actions.take_back(answer, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It is written down. Nothing more is done on this yes."))
    except actions.CannotPrepare as reason:
        messages.error(request, str(reason))
    return redirect("consent_record", pk=participation.pk)


@door(Permission.RUN_CASE)
@require_GET
def ask_again(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Those whose yes is to words that have changed since. It still counts as what it was."""
    return render(request, "preparation/ask_again.html", {"answers": queries.to_ask_again(request.actor)})  # type: ignore[attr-defined]


@door(Permission.RUN_CASE, Case)
def offices(request: HttpRequest, case: Case) -> HttpResponse:
    """Which offices people of this case are asked about, and what each has said."""
    form = forms.OfficeForm(request.POST if request.method == "POST" else None, offices=queries.offices_to_name(case))
    if form.is_valid():
        actions.ask_about(case, by=request.actor, recipient=form.cleaned_data["recipient"])  # type: ignore[attr-defined]
        messages.success(request, _("From now on they are asked about it."))
        return redirect("offices", ref=case.ref)
    page: dict[str, Any] = {"form": form, "asked": queries.asked_offices(case)}
    return render(request, "preparation/offices.html", frame(case, "case_people") | page, status=422 if form.is_bound else 200)


@door(Permission.RUN_CASE, Case)
@require_POST
def office_over(request: HttpRequest, case: Case, office: UUID) -> HttpResponse:
    actions.ask_no_more(case, by=request.actor, recipient=office)  # type: ignore[attr-defined]
    messages.success(request, _("Nobody is asked about it any more."))
    return redirect("offices", ref=case.ref)
