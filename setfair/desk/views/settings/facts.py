from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure_to_send
from setfair.journal.queries import latest_check
from setfair.programmes import actions
from setfair.programmes.forms.careful import CarefulForm
from setfair.programmes.forms.facts import ClocksForm, GlanceForm, MattersForm, ProgrammeForm, PublicForm, RulesForm
from setfair.programmes.models import Programme

from ...setup import ready_to_open
from .saving import saved_over, status_of
from .wizard import onward, wizard

PARTS: dict[str, tuple[type[CarefulForm], Any, Any]] = {
    "programme": (ProgrammeForm, _("The programme"), _("Its name, its place, and the way out of every page.")),
    "public": (PublicForm, _("The public page"), _("What anyone can read before they ask.")),
    "rules": (RulesForm, _("Rules"), _("How long, with whom, how soon you answer, and how your team signs in.")),
    "clocks": (ClocksForm, _("Clocks"), _("How long a yes and a look at safety hold, and when you are reminded.")),
    "matters": (MattersForm, _("What you take"), _("Kinds of matter that you do not take, or only with a specialist.")),
    "glance": (GlanceForm, _("Letters that wait"), _("Before these leave, somebody of the team looks at them.")),
}


@door(Permission.CHANGE_SETTINGS)
def index(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "settings/index.html", {"checks": ready_to_open(programme), "check": latest_check()})


@door(Permission.CHANGE_SETTINGS)
@sure_to_send
def facts(request: HttpRequest, programme: Programme, part: str) -> HttpResponse:
    form_class, heading, lead = PARTS[part]
    form = form_class(request.POST) if request.method == "POST" else form_class.of(programme)
    by = request.actor  # type: ignore[attr-defined]
    if saved_over(programme, form, lambda: actions.change_facts(programme, by=by, seen=form.cleaned_data["seen"], **form.facts())):
        messages.success(request, _("Saved."))
        return redirect(onward(request, part))
    page = {"form": form, "heading": heading, "lead": lead, "wizard": wizard(request, part)}
    return render(request, "settings/facts.html", page, status=status_of(form))
