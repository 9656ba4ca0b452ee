"""What somebody said yes to, on their own page: in the very words, and with a way to take each back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation

from .. import actions, queries


@door(Permission.TAKE_PART, Participation)
@require_GET
def my_yes(request: HttpRequest, me: Participation) -> HttpResponse:
    return render(request, "preparation/my_yes.html", {"me": me, "lines": queries.said_by(me)})


@door(Permission.TAKE_PART, Participation)
@require_POST
def yes_back(request: HttpRequest, me: Participation, said: UUID) -> HttpResponse:
    """One tap, and no reason."""
    answer = queries.answer_given_by(me, said)
    try:
        actions.take_back(answer, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It is taken back. We do not ask why."))
    except actions.CannotPrepare as reason:
        messages.info(request, str(reason))
    return redirect("my_yes")


@door(Permission.TAKE_PART, Participation)
@require_GET
def my_shared(request: HttpRequest, me: Participation) -> HttpResponse:
    """What left us about them, and who of us has looked; for a parent or guardian who decides, about their child too."""
    child = queries.speaks_for(me)
    context = {"me": me, "shared": queries.shared_about(me), "looked": queries.who_looked(me)}
    context |= {"child": child, "shared_of_child": queries.shared_about(child) if child is not None else []}
    return render(request, "preparation/my_shared.html", context)
