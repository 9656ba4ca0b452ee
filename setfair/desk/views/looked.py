"""Who has looked: for whoever it is about, and for whoever supervises."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.cases.queries import frame
from setfair.journal.actions import note_reading
from setfair.preparation.queries import speaks_for

from ..looked import log_of, looks_at


@door(Permission.TAKE_PART, Participation)
@require_GET
def looked(request: HttpRequest, me: Participation, about: str) -> HttpResponse:
    """At one's own record, or at that of the young person one speaks for: for as long as one does."""
    whose = me if about == "me" else speaks_for(me)
    if whose is None:
        return redirect("home")
    if whose != me:
        note_reading(whose, by=request.actor)  # type: ignore[attr-defined]
    return render(request, "desk/looked.html", {"days": looks_at(whose), "child": whose if whose != me else None})


@door(Permission.SEE_WHO_LOOKED, Case)
@require_GET
def case_looked(request: HttpRequest, case: Case) -> HttpResponse:
    """The read log of one case. Opening it is written down as well, and answers what Today asks."""
    log = log_of(case, chosen=request.GET.get("who", ""), before=request.GET.get("older", ""))
    return render(request, "desk/case_looked.html", frame(case, "case_history") | {"log": log})
