"""The programme's own reasons for which a request or a case does not go ahead, rests or ends, or a meeting stops."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes import actions
from setfair.programmes.forms.reasons import OwnReasonForm
from setfair.programmes.models import OwnReason, Programme
from setfair.programmes.own_reasons import called, listed
from setfair.programmes.reasons import Decider, Step

from .saving import saved, status_of


@door(Permission.CHANGE_SETTINGS)
def reasons(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Its own, with whose decision each is; beside them the whole list as it is chosen from."""
    form = OwnReasonForm(request.POST or None)
    if saved(form, lambda: actions.add_reason(by=request.actor, **form.cleaned_data)):  # type: ignore[attr-defined]
        return redirect("settings_reasons")
    page = {
        "form": form,
        "own": [(one, called(Decider(one.decider))) for one in OwnReason.objects.all()],
        "columns": [_("Reason"), _("Whose decision"), _("Where"), ""],
        "lists": [(Step(step).label, listed(Step(step))) for step, _label in OwnReason.STEPS],
    }
    return render(request, "settings/reasons.html", page, status=status_of(form))


@require_POST
@door(Permission.CHANGE_SETTINGS, OwnReason)
def close(request: HttpRequest, reason: OwnReason) -> HttpResponse:
    actions.close_reason(reason, by=request.actor)  # type: ignore[attr-defined]
    return redirect("settings_reasons")


@require_POST
@door(Permission.CHANGE_SETTINGS, OwnReason)
def reopen(request: HttpRequest, reason: OwnReason) -> HttpResponse:
    actions.reopen_reason(reason, by=request.actor)  # type: ignore[attr-defined]
    return redirect("settings_reasons")
