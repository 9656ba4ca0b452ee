"""What came back on paper, typed in by the team for somebody, and compared by another one of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.cases.queries import frame
from setfair.preparation.models import Slip
from setfair.preparation.refusal import CannotPrepare

from . import forms
from .actions import compare, type_in
from .came_back import slips_of
from .slip import slip_of


@door(Permission.PREPARE, Participation)
def slip_back(request: HttpRequest, participation: Participation) -> HttpResponse:
    """One page, every answer."""
    by = request.actor  # type: ignore[attr-defined]
    form = forms.SlipForm.of(participation, slip_of(participation), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            type_in(participation, by=by, **form.said())
            messages.success(request, _("It is written down."))
            return redirect("person", pk=participation.pk)
        except CannotPrepare as reason:
            form.add_error(None, str(reason))
    context = frame(participation.case, "case_people") | {"participation": participation, "person": participation.person, "form": form}
    context["slips"] = slips_of(participation, reader=by.id)
    return render(request, "sheets/slip.html", context, status=422 if form.is_bound else 200)


@door(Permission.PREPARE, Participation)
@require_POST
def slip_compared(request: HttpRequest, participation: Participation, slip: UUID) -> HttpResponse:
    try:
        compare(get_object_or_404(Slip, pk=slip, participation=participation), by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It is written down."))
    except CannotPrepare as reason:
        messages.error(request, str(reason))
    return redirect("slip_back", pk=participation.pk)
