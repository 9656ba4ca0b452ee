"""The log of one person: what was tried, and what was agreed on and did not happen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.cases.queries import frame
from setfair.people.queries import ways

from .. import actions, queries
from ..forms_of_tries import MissedForm, TryForm
from ..tried import Attempt

UNSAFE = (Attempt.Result.WRONG, Attempt.Result.NOT_SAFE)


def _page(request: HttpRequest, participation: Participation, status: int = 200, **bound: Any) -> HttpResponse:
    safe = list(ways(participation.person))
    context = {"participation": participation, "attempts": queries.attempts_of(participation), "next_way": queries.next_way(participation, safe)}
    context |= {
        "last_contact": queries.last_contact(participation),
        "spent": queries.spent_on(participation),
        "try_form": TryForm(safe=safe),
        "missed_form": MissedForm(),
    }
    return render(request, "preparation/tries.html", frame(participation.case, "case_people") | context | bound, status=status)


@door(Permission.PREPARE, Participation)
@require_GET
def tries(request: HttpRequest, participation: Participation) -> HttpResponse:
    return _page(request, participation)


@door(Permission.PREPARE, Participation)
@require_POST
def try_add(request: HttpRequest, participation: Participation) -> HttpResponse:
    """A way that reached somebody else, or is not safe, leads on to the page where it is ended."""
    form = TryForm(request.POST, safe=list(ways(participation.person)))
    if form.is_valid():
        try:
            made = actions.note_try(participation, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is written down."))
            unsafe = made.result in UNSAFE
            return redirect("contact" if unsafe else "tries", pk=participation.pk)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    return _page(request, participation, 422, try_form=form, form=form)


@door(Permission.PREPARE, Participation)
@require_POST
def missed_add(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = MissedForm(request.POST)
    if form.is_valid():
        try:
            actions.note_missed(participation, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is written down."))
            return redirect("tries", pk=participation.pk)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    return _page(request, participation, 422, missed_form=form, form=form)
