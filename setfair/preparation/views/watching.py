"""May somebody be there and only watch? Asked of each, on their own page; the team writes down what was said or written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation

from .. import actions
from ..watching import WatchForm, WatchingForm, said_about, watchers
from .person import write_down


@door(Permission.TAKE_PART, Participation)
@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest, me: Participation) -> HttpResponse:
    """Three answers, alike; none needs a reason."""
    there = watchers(me)
    form = WatchForm(request.POST if request.method == "POST" else None, observers=there)
    if form.is_valid():
        actions.answer_observer(me, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. Only the team sees your answer."))
        return redirect("watch")
    asked = [{"who": p, "said": said_about(me).get(p.pk)} for p in there]
    greeting = _("Hi %(name)s") % {"name": me.greeted}
    context = {"me": me, "greeting": greeting, "asked": asked, "answers": _answers(), "form": form}
    return render(request, "preparation/watch.html", context, status=422 if form.is_bound else 200)


@door(Permission.PREPARE, Participation)
@require_POST
def watching(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = WatchingForm(request.POST, observers=watchers(participation))
    return write_down(request, participation, actions.answer_observer, form, "watching_form", _("The answer is written down."))


def _answers() -> list[dict[str, str]]:
    return [{"value": "yes", "label": _("Yes")}, {"value": "no", "label": _("No")}, {"value": "talk", "label": _("I want to talk first")}]
