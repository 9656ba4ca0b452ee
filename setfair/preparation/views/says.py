"""A parent's or guardian's say: doubted by whoever runs the case, answered by a second person, given up on their own page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.cases.queries import frame

from .. import actions
from .. import forms_of_says as forms
from ..queries import says as queries
from ..queries import speaks_for


@door(Permission.RUN_CASE, Participation)
def say_doubt(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Why somebody does not decide, and what shows it. A second person reads this and answers."""
    form = forms.DoubtForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.doubt_say(participation, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("A supervisor is asked to look at it. Until then their no stands."))
            return redirect("person", pk=participation.pk)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    page = {"participation": participation, "form": form, "doubt": queries.doubt_about(participation), "said": queries.no_of(participation)}
    return render(request, "preparation/say_doubt.html", frame(participation.case, "case_people") | page, status=422 if form.is_bound else 200)


@door(Permission.JUDGE_SAY, Participation)
def say_answer(request: HttpRequest, participation: Participation) -> HttpResponse:
    """What was doubted and what shows it, for the second person."""
    form, doubt = forms.JudgeForm(request.POST if request.method == "POST" else None), queries.doubt_about(participation)
    if form.is_valid() and doubt is not None:
        try:
            actions.answer_doubt(doubt, by=request.actor, taken=form.cleaned_data["answer"] == form.TAKEN)  # type: ignore[attr-defined]
            messages.success(request, _("It is written down."))
            return redirect("case", ref=participation.case.ref)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    page = {"participation": participation, "form": form, "doubt": doubt}
    return render(request, "preparation/say_answer.html", frame(participation.case, "case") | page, status=422 if form.is_bound else 200)


@door(Permission.TAKE_PART, Participation)
def my_say(request: HttpRequest, me: Participation) -> HttpResponse:
    """Their own word that they do not decide for the young person; asked once, on a page of its own."""
    child = speaks_for(me)
    if child is None:
        return redirect("home")
    if request.method == "POST":
        actions.give_up_say(me, by=request.actor)  # type: ignore[attr-defined]
        return redirect("start", programme=request.programme.slug)  # type: ignore[attr-defined]
    return render(request, "preparation/my_say.html", {"me": me, "child": child})
