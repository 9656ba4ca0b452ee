"""A person responsible says for themselves whether they take some of the responsibility."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation, Role

from .. import actions, forms, words
from ..models import Consent
from .own import called


@door(Permission.TAKE_PART, Participation)
def part(request: HttpRequest, me: Participation) -> HttpResponse:
    """Yes, no, or to talk first, which is no answer."""
    if Role.RESPONSIBLE not in me.roles:
        return redirect("home")
    form = forms.PartForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, me, form, 422 if form.is_bound else 200)
    if form.cleaned_data["part"] == "talk":
        return called(request, me)
    return _write(request, me, form)


def _page(request: HttpRequest, me: Participation, form: forms.PartForm, status: int = 200, **given: Any) -> HttpResponse:
    context = {"me": me, "form": form, "told": words.PART, "answers": form.offered()}
    return render(request, "preparation/part.html", context | given, status=status)


def _write(request: HttpRequest, me: Participation, form: forms.PartForm) -> HttpResponse:
    given = form.cleaned_data["part"] == "yes"
    try:
        actions.acknowledge(me, by=request.actor, given=given, method=Consent.Method.OWN)  # type: ignore[attr-defined]
    except actions.CannotPrepare as reason:
        form.add_error(None, str(reason))
        return _page(request, me, form, 422)
    messages.success(request, _("Thank you. We have your answer."))
    return redirect("home")
