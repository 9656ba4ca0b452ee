from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.cases.queries import frame

from . import actions, standing_in
from .forms import StandInForm, ToldStandInForm


def _lent(request: HttpRequest, whose: Participation, form: StandInForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.lend_voice(whose, by=request.actor, **form.given())  # type: ignore[attr-defined]
    except actions.CannotPrepare as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _form(request: HttpRequest, whose: Participation, kind: type[StandInForm]) -> StandInForm:
    sent = request.POST if request.method == "POST" else None
    return kind(sent, could=standing_in.could_stand_in(whose.case), last=standing_in.chosen(whose))


@door(Permission.TAKE_PART, Participation)
def my_stand_in(request: HttpRequest, me: Participation) -> HttpResponse:
    """A person harmed who does not come says who speaks for them, what, and how they hear of it."""
    if not standing_in.may_choose(me):
        return redirect("home")
    form = _form(request, me, StandInForm)
    if _lent(request, me, form):
        messages.success(request, _("Thank you. We have it. You can change it any time."))
        return redirect("home")
    page = {"me": me, "form": form, "chosen": standing_in.chosen(me)}
    return render(request, "voices/my_stand_in.html", page, status=422 if form.is_bound else 200)


@door(Permission.TAKE_PART, Participation)
@require_POST
def my_stand_in_back(request: HttpRequest, me: Participation) -> HttpResponse:
    actions.take_voice_back(me, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("You took it back. Nobody speaks for you."))
    return redirect("home")


@door(Permission.TAKE_PART, Participation)
@require_GET
def for_another(request: HttpRequest, me: Participation) -> HttpResponse:
    """What whoever stands in may say, and no name of whose words these are."""
    said = [standing_in.in_parts(one) for one in standing_in.for_whom(me)]
    return render(request, "voices/for_another.html", {"me": me, "said": said}) if said else redirect("home")


@door(Permission.PREPARE, Participation)
def told_stand_in(request: HttpRequest, participation: Participation) -> HttpResponse:
    """The same, written down by one of the team as they agreed to it."""
    if not standing_in.may_choose(participation):
        return redirect("person", pk=participation.pk)
    form = _form(request, participation, ToldStandInForm)
    if _lent(request, participation, form):
        messages.success(request, _("It is written down."))
        return redirect("person", pk=participation.pk)
    page = {"participation": participation, "form": form, "chosen": standing_in.chosen(participation)}
    context = frame(participation.case, "case_people") | page
    return render(request, "voices/told_stand_in.html", context, status=422 if form.is_bound else 200)


@door(Permission.PREPARE, Participation)
@require_POST
def told_stand_in_back(request: HttpRequest, participation: Participation) -> HttpResponse:
    actions.take_voice_back(participation, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It is taken back. Nobody speaks for them."))
    return redirect("person", pk=participation.pk)
