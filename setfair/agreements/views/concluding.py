"""What came of the hour, or of what they wrote and sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case

from .. import actions, forms, queries
from .desk import shown


@door(Permission.DRAFT_AGREEMENT, Case)
@require_POST
def result(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.ResultForm(request.POST)
    if form.is_valid():
        try:
            actions.say_result(case, by=request.actor, **form.said())
            messages.success(request, _("Saved. Said anew, the newer one counts."))
            return redirect("agreement", ref=case.ref)
        except actions.CannotWrite as reason:
            form.add_error("still_open" if form.cleaned_data["still_open"] else None, str(reason))
    return shown(request, case, result_form=form)


@door(Permission.DRAFT_AGREEMENT, Case)
@require_POST
def look_again(request: HttpRequest, case: Case) -> HttpResponse:
    """What is still open was looked at again, and can stay so."""
    said = queries.to_look_at(case)
    if said is not None:
        try:
            actions.look_again(said, by=request.actor)
            messages.success(request, _("Saved."))
        except actions.CannotWrite as reason:
            return shown(request, case, str(reason))
    return redirect("agreement", ref=case.ref)
