"""Somebody of the circle in a closed place: where, when visits are held, what it was asked, and that they are out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.people.actions import CannotAdd
from setfair.people.custody import planned
from setfair.programmes.queries import places_in_use

from .. import actions, queries
from ..custody import stay_of
from ..forms_of_custody import ClearanceForm, CustodyForm, OffForm, OutForm, VisitForm
from ..models import Participation


def _page(request: HttpRequest, participation: Participation, status: int = 200, **bound: Any) -> HttpResponse:
    page = queries.frame(participation.case, "case_people") | {"participation": participation, "stay": stay_of(participation)}
    page |= {
        "form": CustodyForm(places=places_in_use()),
        "visit_form": VisitForm(),
        "out_form": OutForm(),
        "errors": next(iter(bound.values()), None),
    }
    return render(request, "cases/custody.html", page | bound, status=status)


def _done(request: HttpRequest, participation: Participation, verb: Callable[..., Any], name: str, form: Form) -> HttpResponse:
    if form.is_valid():
        try:
            verb(participation, by=request.actor, **(form.said() if isinstance(form, CustodyForm) else form.cleaned_data))  # type: ignore[attr-defined]
            messages.success(request, _("It is written down."))
            return redirect("custody", pk=participation.pk)
        except CannotAdd as reason:
            form.add_error(None, str(reason))
    return _page(request, participation, 422, **{name: form})


@door(Permission.PREPARE, Participation)
@require_http_methods(["GET", "POST"])
def custody(request: HttpRequest, participation: Participation) -> HttpResponse:
    if request.method != "POST":
        return _page(request, participation)
    return _done(request, participation, actions.take_in, "form", CustodyForm(request.POST, places=places_in_use()))


@door(Permission.PREPARE, Participation)
@require_POST
def custody_over(request: HttpRequest, participation: Participation) -> HttpResponse:
    """They are out, or elsewhere. How to reach them now is asked anew."""
    return _done(request, participation, actions.let_out, "out_form", OutForm(request.POST))


@door(Permission.PREPARE, Participation)
@require_POST
def visit_add(request: HttpRequest, participation: Participation) -> HttpResponse:
    return _done(request, participation, actions.plan_visit, "visit_form", VisitForm(request.POST))


@door(Permission.PREPARE, Participation)
@require_POST
def visit_off(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = OffForm(request.POST, rows=planned(participation.case_id).filter(person=participation.person_id))
    return _done(request, participation, actions.call_off_visit, "off_form", form)


@door(Permission.PREPARE, Participation)
@require_POST
def clearance_asked(request: HttpRequest, participation: Participation) -> HttpResponse:
    return _done(request, participation, actions.ask_clearance, "clearance_form", ClearanceForm(request.POST))
