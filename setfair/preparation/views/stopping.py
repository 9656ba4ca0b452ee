"""The way out that stands on every own page: stop, take a break, or ask for a call. No reason is asked, and none is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.journal.actions import note_reading

from .. import actions, forms, queries
from .own import called

DONE = {
    "stop": gettext_lazy("You have stopped for now. We do not ask why."),
    "break": gettext_lazy("We wait for you. Nothing goes on until you say so."),
    "time": gettext_lazy("Take the time you need. The others may go on."),
}


@door(Permission.TAKE_PART, Participation)
def stop(request: HttpRequest, me: Participation, about: str) -> HttpResponse:
    """One tap, and no reason."""
    asked, form = me if about == "me" else queries.speaks_for(me), forms.StopForm(request.POST or None)
    if asked is None:
        return redirect("home")
    if asked != me:
        note_reading(asked, by=request.actor)  # type: ignore[attr-defined]
    if request.method != "POST":
        return _page(request, me)
    if not (form.is_valid() or not form.is_bound):
        return _page(request, me, 422, refusal=_("Please choose one."))
    return _done(request, me, asked, form.cleaned_data["what"] if form.is_bound else "")


def _page(request: HttpRequest, me: Participation, status: int = 200, **given: Any) -> HttpResponse:
    """Where somebody is also asked about a young person, that one's buttons stand beneath their own."""
    offered, is_asked = forms.StopForm().offered(), queries.is_asked(me)
    context = {"me": me, "options": offered if is_asked else [o for o in offered if o["value"] == "call"], "is_asked": is_asked}
    child = queries.speaks_for(me)
    context |= {"child": child, "child_options": [o for o in offered if o["value"] != "call"]}
    return render(request, "preparation/stop.html", context | given, status=status)


def _done(request: HttpRequest, me: Participation, asked: Participation, what: str) -> HttpResponse:
    if what == "call":
        return called(request, me)
    try:
        if what == "break":
            actions.take_a_break(asked, by=request.actor, giver=me)  # type: ignore[attr-defined]
        else:
            actions.withdraw(asked, by=request.actor)  # type: ignore[attr-defined]
    except actions.CannotPrepare as reason:
        return _page(request, me, 422, refusal=str(reason))
    messages.success(request, DONE["time" if what == "break" and me.case.is_after_the_day else what or "stop"])
    return redirect("home")


@door(Permission.TAKE_PART, Participation)
@require_POST
def call_me(request: HttpRequest, me: Participation) -> HttpResponse:
    return called(request, me)


@door(Permission.TAKE_PART, Participation)
@require_POST
def go_on(request: HttpRequest, me: Participation) -> HttpResponse:
    """The end of their break is theirs to say."""
    begun = queries.break_of(me)
    try:
        if begun is not None:
            actions.go_on(begun, by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, _("Good. We go on."))
    except actions.CannotPrepare as reason:
        messages.info(request, str(reason))
    return redirect("home")
