from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.models import Participation
from setfair.cases.queries import frame
from setfair.preparation import queries as preparation

from . import actions, companions, forms, queries
from .models import Companion


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


@door(Permission.TAKE_PART, Participation)
def my_companions(request: HttpRequest, me: Participation) -> HttpResponse:
    """Whom they would like beside them, and what became of each."""
    if not companions.may_choose(me):
        return redirect("home")
    form = forms.CompanionForm(_sent(request))
    if form.is_valid():
        try:
            actions.name_companion(me, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("Thank you. We look at it, and talk with you."))
            return redirect("my_companions")
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    page = {"me": me, "form": form, "named": companions.chosen_by(me)}
    return render(request, "voices/companions.html", page, status=422 if form.is_bound else 200)


@door(Permission.TAKE_PART, Participation)
@require_POST
def companion_back(request: HttpRequest, me: Participation, companion: UUID) -> HttpResponse:
    try:
        actions.take_back(companions.my_companion(me, companion), by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("You took it back."))
    except actions.CannotPrepare as reason:
        messages.info(request, str(reason))
    return redirect("my_companions")


@door(Permission.PREPARE, Companion)
def companion_answer(request: HttpRequest, companion: Companion) -> HttpResponse:
    """One of the team says what becomes of it."""
    form = forms.CompanionAnswerForm(_sent(request), beside=companions.places_beside(companion))
    if form.is_valid():
        try:
            _answer(request, companion, form)
            messages.success(request, _("They find it on their page."))
            return redirect("person", pk=companion.participation_id)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    may_add = may(request.actor, Permission.RUN_CASE, companion.case)  # type: ignore[attr-defined]
    context = frame(companion.case, "case_people") | {"companion": companion, "form": form, "may_add": may_add}
    return render(request, "voices/companion_answer.html", context, status=422 if form.is_bound else 200)


def _answer(request: HttpRequest, companion: Companion, form: forms.CompanionAnswerForm) -> None:
    said = form.cleaned_data
    if said["place"] == form.NO:
        actions.decline(companion, by=request.actor, words=said["words"])  # type: ignore[attr-defined]
    else:
        actions.seat(companion, by=request.actor, place=form.beside[said["place"]])  # type: ignore[attr-defined]
