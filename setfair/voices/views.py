from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.cases.queries import frame
from setfair.preparation import queries as preparation

from . import actions, forms, queries


def _kept(request: HttpRequest, whose: Participation, form: forms.HopeForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.hope(whose, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
    except actions.CannotPrepare as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@door(Permission.TAKE_PART, Participation)
def hopes(request: HttpRequest, me: Participation) -> HttpResponse:
    if not preparation.is_asked(me):
        return redirect("home")
    form = forms.HopeForm.filled(_sent(request), queries.hope_of(me))
    if _kept(request, me, form):
        messages.success(request, _("Thank you. We have it. You can change it any time."))
        return redirect("home")
    return render(request, "voices/hopes.html", {"me": me, "form": form}, status=422 if form.is_bound else 200)


@door(Permission.TAKE_PART, Participation)
def own_words(request: HttpRequest, me: Participation) -> HttpResponse:
    """What they want to say, ask and hear: theirs, until they say who may read it."""
    if not preparation.is_asked(me):
        return redirect("home")
    form = forms.OwnWordsForm.filled(_sent(request), queries.own_words(me))
    if form.is_valid():
        try:
            actions.keep_words(me, by=request.actor, seen=_seen(request), **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is kept. You can change it any time."))
            return redirect("home")
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    context = {"me": me, "form": form, "words": (last := queries.own_words(me)), "others": queries.in_parts(last) if form.non_field_errors() else []}
    return render(request, "voices/own_words.html", context, status=422 if form.is_bound else 200)


def _seen(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("seen", ""))
    except ValueError:
        return None


@door(Permission.PREPARE, Participation)
def told_hopes(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = forms.ToldHopeForm.filled(_sent(request), queries.hope_of(participation))
    if _kept(request, participation, form):
        messages.success(request, _("It is written down."))
        return redirect("person", pk=participation.pk)
    context = frame(participation.case, "case_people") | {"participation": participation, "form": form}
    return render(request, "voices/told_hopes.html", context, status=422 if form.is_bound else 200)
