"""What each thinks of each promise, before anybody signs: on their own page, on the tablet, or said to somebody of the team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access import handed as stay
from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Participation
from setfair.journal.journey import WrongStep
from setfair.programmes.speaking import in_language

from .. import actions, forms, pages, queries
from ..models import Agreement, Fit
from .desk import shown, tried
from .tablet import lying

REFUSALS = (actions.CannotSign, WrongStep)


@door(Permission.SIGN_AGREEMENT, Agreement)
@require_POST
def my_marks(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    me = open_to(request.actor, Permission.TAKE_PART, Participation).get(pk=request.actor.id)
    form = pages.fit_form(agreement, me, request.POST)
    if form.is_valid():
        try:
            said = {"words": form.words, "seen": form.cleaned_data["seen"]}
            actions.mark(agreement, by=request.actor, participation=me, method=Fit.Method.OWN_DEVICE, **said)
            messages.success(request, _("Thank you. Nobody in the circle sees what you said."))
            return redirect("my_agreement", pk=agreement.pk)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return render(request, "agreements/own.html", pages.own(agreement, me) | {"fit": form}, status=422)


@door(Permission.SIGN_ON_TABLET, Agreement)
@require_http_methods(["GET", "POST"])
def handed_marks(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    person = queries.holding_it(agreement, stay.turn(request))
    if person is None or request.POST.get("whose") != str(person.pk):
        return redirect("handed")
    with in_language(person.person.language):
        form = pages.fit_form(agreement, person, request.POST, whose=str(person.pk))
        if form.is_valid():
            try:
                said = {"words": form.words, "seen": form.cleaned_data["seen"]}
                actions.mark(agreement, by=stay.handed_by(request), participation=person, method=Fit.Method.TABLET, **said)
                return redirect("handed_sign")
            except REFUSALS as reason:
                form.add_error(None, str(reason))
        return render(request, "agreements/tablet_person.html", pages.tablet(agreement, person) | {"fit": form}, status=422)


@door(Permission.HAND_TABLET, Participation)
@require_POST
def marks_said(request: HttpRequest, person: Participation) -> HttpResponse:
    """Somebody said aloud that all of it is fair and that they can do their part, or what they want changed; whoever heard it writes that down."""
    form = forms.SaidForm(request.POST)
    agreement = lying(person, form)
    if agreement is None:
        return shown(request, person.case, _("Please read it again, and write down what they say."))
    said = {"words": queries.said_aloud(agreement, person, form.cleaned_data["change"]), "seen": form.cleaned_data["seen"]}
    method = Fit.Method.SAID
    return tried(request, agreement, lambda: actions.mark(agreement, by=request.actor, participation=person, method=method, **said))
