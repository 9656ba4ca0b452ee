from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.people import actions as persons
from setfair.people.queries import ways

from .. import actions, queries
from .. import forms_of_people as forms
from ..models import Case, Participation
from ..told import told

REFUSALS = (actions.CannotChange, persons.CannotAdd)


def _page(request: HttpRequest, case: Case, status: int = 200, **bound: Any) -> HttpResponse:
    circle, left = queries.circle(case), queries.gone(case)
    named = told(case, circle)
    chosen = next((one for one in named if str(one.number) == request.GET.get("told")), None)
    context = {
        "form": forms.PersonForm(circle=circle, initial=chosen.initial() if chosen else None),
        "named": named,
        "chosen": chosen,
        "apart": forms.ApartForm(circle=circle),
        "circle": circle,
        "is_gathering": case.stage in actions.GATHERING,
        "gone": [p for p in left if not p.has_no_say],
        "outside": [p for p in left if p.has_no_say],
        "columns": [_("Name"), _("Stands by"), _("Guardian"), _("Needs")],
        "walls": queries.walls(case, circle),
    }
    return render(request, "cases/people.html", queries.frame(case, "case_people") | context | bound, status=status)


@door(Permission.RUN_CASE, Case)
@require_GET
def case_people(request: HttpRequest, case: Case) -> HttpResponse:
    return _page(request, case)


@door(Permission.RUN_CASE, Case)
@require_POST
def people_add(request: HttpRequest, case: Case) -> HttpResponse:
    """Somebody new; when we may know them already, that is asked first."""
    form = forms.PersonForm(request.POST, circle=queries.circle(case))
    if form.is_valid():
        twin = _twin(request, case, form)
        if not twin.is_answered():
            return render(request, "cases/twin.html", queries.frame(case, "case_people") | {"form": form, "twin": twin}, status=422)
        try:
            actions.add_person(case, by=request.actor, known=twin.known(), **form.place())  # type: ignore[attr-defined]
            messages.success(request, _("They are in. Next: meet them."))
            return redirect("case_people", ref=case.ref)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return _page(request, case, 422, form=form)


def _twin(request: HttpRequest, case: Case, form: forms.PersonForm) -> forms.TwinForm:
    found = queries.twins(case, request.actor, **form.place())  # type: ignore[attr-defined]
    return forms.TwinForm(request.POST if "same" in request.POST else None, twins=found, case=case)


@door(Permission.RUN_CASE, Participation)
@require_POST
def person_leave(request: HttpRequest, participation: Participation) -> HttpResponse:
    try:
        actions.let_go(participation, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("They have left. Nothing more is sent to them."))
    except actions.CannotChange as reason:
        messages.error(request, str(reason))
        return redirect("person_details", pk=participation.pk)
    return redirect("case_people", ref=participation.case.ref)


@door(Permission.RUN_CASE, Participation)
def person_details(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Put right a name, a need or a safe way; each new way takes the place of the one before."""
    person = participation.person
    form = forms.WordsForm(request.POST if request.method == "POST" else None, initial=forms.words_of(participation, ways(person)))
    if form.is_valid():
        try:
            actions.correct_person(participation, by=request.actor, contacts=form.contacts(), messages=form.messages(), **form.described())  # type: ignore[attr-defined]
            return redirect("person", pk=participation.pk)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return _details(request, participation, form, forms.PlaceForm(initial=forms.place_of(participation), circle=_others(participation)))


@door(Permission.RUN_CASE, Participation)
@require_POST
def person_place(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Put right what they are here as, and whose yes counts."""
    person, place = participation.person, forms.PlaceForm(request.POST, circle=_others(participation))
    if place.is_valid():
        try:
            there = actions.correct_place(participation, by=request.actor, **place.placed())  # type: ignore[attr-defined]
            return redirect("person", pk=there.pk)
        except REFUSALS as reason:
            place.add_error(None, str(reason))
    return _details(request, participation, forms.WordsForm(initial=forms.words_of(participation, ways(person))), place)


def _others(participation: Participation) -> list[Participation]:
    return [p for p in queries.circle(participation.case) if p.pk != participation.pk]


def _details(request: HttpRequest, participation: Participation, form: forms.WordsForm, place: forms.PlaceForm) -> HttpResponse:
    is_gathering = participation.case.stage in actions.GATHERING
    page = {"participation": participation, "form": form, "place": place, "is_gathering": is_gathering}
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/details.html", queries.frame(participation.case, "case_people") | page, status=status)


@door(Permission.RUN_CASE, Case)
@require_POST
def no_contact(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.ApartForm(request.POST, circle=queries.circle(case))
    if form.is_valid():
        try:
            actions.bar_contact(case, by=request.actor, **form.pair())  # type: ignore[attr-defined]
            return redirect("case_people", ref=case.ref)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return _page(request, case, 422, apart=form)


@door(Permission.RUN_CASE, Case)
@require_POST
@sure
def no_contact_over(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.WallForm(request.POST, walls=queries.kept_apart(case))
    if not form.is_valid():
        return _page(request, case, 422, over=form)
    actions.allow_contact(case, by=request.actor, wall=form.cleaned_data["wall"])  # type: ignore[attr-defined]
    return redirect("case_people", ref=case.ref)
