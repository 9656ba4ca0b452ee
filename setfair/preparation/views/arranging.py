"""What one person needs on the day, and what of it is arranged."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation, Role
from setfair.cases.queries import circle, frame

from .. import actions
from ..forms_of_needs import ArrangeForm
from ..queries import arranged_for


@door(Permission.PREPARE, Participation)
@require_http_methods(["GET", "HEAD", "POST"])
def arrangements(request: HttpRequest, participation: Participation) -> HttpResponse:
    people = circle(participation.case)
    interpreters = [p for p in people if p.role == Role.INTERPRETER]
    form = ArrangeForm(request.POST if request.method == "POST" else None, interpreters=interpreters)
    if form.is_valid():
        try:
            actions.arrange(participation, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is written down."))
            return redirect("arrangements", pk=participation.pk)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    context = {"participation": participation, "form": form, "rows": arranged_for(participation, people)}
    return render(request, "preparation/arrangements.html", frame(participation.case, "case_people") | context, status=422 if form.is_bound else 200)
