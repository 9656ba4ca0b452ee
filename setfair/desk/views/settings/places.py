"""A closed place of the programme: what it asks of whoever comes, and the hours of its visits."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.people.staying import stretches
from setfair.programmes import actions
from setfair.programmes.forms.plan import PlaceForm, VisitHoursForm
from setfair.programmes.models import ClosedPlace

from .saving import saved, saved_over, status_of


@door(Permission.CHANGE_SETTINGS, ClosedPlace)
def place(request: HttpRequest, place: ClosedPlace) -> HttpResponse:
    form = PlaceForm(request.POST) if request.method == "POST" else PlaceForm.of(place)
    by = request.actor  # type: ignore[attr-defined]
    if saved_over(place, form, lambda: actions.change(place, by=by, seen=form.cleaned_data["seen"], **form.facts())):
        messages.success(request, _("Saved."))
        return redirect("settings_places_one", pk=place.pk)
    return _page(request, place, form, VisitHoursForm(), status_of(form))


@door(Permission.CHANGE_SETTINGS, ClosedPlace)
@require_POST
def hours_add(request: HttpRequest, place: ClosedPlace) -> HttpResponse:
    form = VisitHoursForm(request.POST)
    if saved(form, lambda: actions.add_hours(place, by=request.actor, **form.cleaned_data)):  # type: ignore[attr-defined]
        messages.success(request, _("Added."))
        return redirect("settings_places_one", pk=place.pk)
    return _page(request, place, PlaceForm.of(place), form, 422)


@door(Permission.CHANGE_SETTINGS, ClosedPlace)
@require_POST
def hours_remove(request: HttpRequest, place: ClosedPlace, hours: UUID) -> HttpResponse:
    actions.take_out_hours(get_object_or_404(place.hours, pk=hours), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It has been taken out. What is planned already stays."))
    return redirect("settings_places_one", pk=place.pk)


@door(Permission.CHANGE_SETTINGS, ClosedPlace)
@require_POST
def close_place(request: HttpRequest, place: ClosedPlace) -> HttpResponse:
    actions.close_place(place, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Nobody new is written down there. Whoever is there stays."))
    return redirect("settings_places")


@door(Permission.CHANGE_SETTINGS, ClosedPlace)
@require_POST
def reopen_place(request: HttpRequest, place: ClosedPlace) -> HttpResponse:
    actions.reopen_place(place, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It can be chosen again."))
    return redirect("settings_places")


def _page(request: HttpRequest, place: ClosedPlace, form: PlaceForm, hours: VisitHoursForm, status: int) -> HttpResponse:
    context = {"place": place, "form": form, "hours_form": hours, "errors": hours if hours.is_bound else form}
    context["hours"] = stretches(place)
    return render(request, "settings/place.html", context, status=status)
