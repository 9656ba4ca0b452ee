from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.cases.queries import circle, frame
from setfair.people.queries import ways_and_gaps
from setfair.preparation.queries import is_let_be
from setfair.programmes.models import Programme

from . import actions, asking, forms, queries, shown
from .journey import Stage
from .models import CheckIn


def _page(request: HttpRequest, row: CheckIn, status: int = 200, **bound: Any) -> HttpResponse:
    """One call: for whom, why and when, what was written of it, and what can be said of it while it is owed."""
    notes, people = queries.notes_of(row), queries.could_call(row.case)
    writers = queries.named([row.caller, *(note.by for note in notes)])
    context = frame(row.case, "agreement") | {
        "row": row,
        "whom": shown.whom(row),
        "caller": writers.get(row.caller, "") if row.caller else "",
        **_reach(row),
        "notes": [(note, writers.get(note.by, "") if note.by else "") for note in notes],
    }
    if row.stage == Stage.OWED:
        context |= {
            "form": forms.CheckInForm(sayable=queries.sayable(row)),
            "put_off": forms.PutOffForm(auto_id="off-%s"),
            "may_put_off": row.put_off < 2,
        }
        context |= {"take_over": forms.TakeOverForm(people=people, initial={"to": str(row.caller or "")}, auto_id="over-%s")}
    else:
        bound = {"over": next(iter(bound.values()), None)}
    return render(request, "aftercare/check_in.html", context | bound, status=status)


def _reach(row: CheckIn) -> dict[str, Any]:
    """How they said they can be reached safely, as it stands on their own page, and what a first call can ask; nothing for somebody who is let
    be."""
    if row.participation is None or row.stage != Stage.OWED:
        return {}
    known = {p.person_id: p.person.shown for p in circle(row.case)}
    let_be = is_let_be(row.participation)
    ways = [] if let_be else [line for line in ways_and_gaps(row.participation.person, known) if line.contact]
    return {"let_be": let_be, "ways": ways, "asks": asking.of(row.participation) if not let_be and queries.is_first(row) else []}


@door(Permission.FOLLOW_UP, CheckIn)
@require_GET
def check_in(request: HttpRequest, check_in: CheckIn) -> HttpResponse:
    return _page(request, check_in)


@door(Permission.FOLLOW_UP, CheckIn)
@require_POST
def check_in_said(request: HttpRequest, check_in: CheckIn) -> HttpResponse:
    form = forms.CheckInForm(request.POST, sayable=queries.sayable(check_in))
    if form.is_valid():
        try:
            actions.check_in(check_in, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is written down."))
            return redirect("follow_up", ref=check_in.case.ref)
        except actions.CannotCheckIn as reason:
            form.add_error(None, str(reason))
    return _page(request, check_in, 422, form=form)


@door(Permission.FOLLOW_UP, CheckIn)
@require_POST
def check_in_put_off(request: HttpRequest, check_in: CheckIn) -> HttpResponse:
    form = forms.PutOffForm(request.POST, auto_id="off-%s")
    if form.is_valid():
        try:
            actions.put_off(check_in, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("Saved."))
            return redirect("follow_up", ref=check_in.case.ref)
        except actions.CannotCheckIn as reason:
            form.add_error(None, str(reason))
    return _page(request, check_in, 422, put_off=form)


@door(Permission.FOLLOW_UP, CheckIn)
@require_POST
def check_in_take_over(request: HttpRequest, check_in: CheckIn) -> HttpResponse:
    form = forms.TakeOverForm(request.POST, people=queries.could_call(check_in.case), auto_id="over-%s")
    if form.is_valid():
        try:
            actions.take_over(check_in, by=request.actor, to=form.chosen())  # type: ignore[attr-defined]
            messages.success(request, _("Saved."))
            return redirect("check_in", pk=check_in.pk)
        except actions.CannotCheckIn as reason:
            form.add_error(None, str(reason))
    return _page(request, check_in, 422, take_over=form)


def _name(request: HttpRequest, participation: Participation, form: forms.HelperForm) -> None:
    by, kind, who = request.actor, form.cleaned_data["kind"], form.chosen()  # type: ignore[attr-defined]
    if who:
        actions.name_helper(participation, by=by, kind=kind, **who)
    else:
        actions.end_helper(participation, by=by, kind=kind)


@door(Permission.FOLLOW_UP, Participation)
def helper(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Who is beside this person, and who could be."""
    circle = queries.could_stand_by(participation)
    form = forms.HelperForm(request.POST or None, team=queries.could_call(participation.case), circle=circle)
    if form.is_valid():
        try:
            _name(request, participation, form)
            messages.success(request, _("Saved."))
            return redirect("follow_up", ref=participation.case.ref)
        except actions.CannotName as reason:
            form.add_error(None, str(reason))
    context = frame(participation.case, "agreement") | {"participation": participation, "form": form, "now": shown.beside(participation)}
    return render(request, "aftercare/helper.html", context, status=422 if request.method == "POST" else 200)


@door(Permission.CHANGE_SETTINGS)
def rhythm(request: HttpRequest, programme: Programme) -> HttpResponse:
    """After how many days somebody calls."""
    now = queries.intervals(programme)
    form = forms.RhythmForm(request.POST if request.method == "POST" else None, initial=vars(now))
    if form.is_valid():
        actions.set_rhythm(programme, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("Saved."))
        return redirect("rhythm")
    return render(request, "aftercare/rhythm.html", {"form": form}, status=422 if form.is_bound else 200)
