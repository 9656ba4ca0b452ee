from __future__ import annotations

import csv
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.core import clock
from setfair.core.doors import gives_a_file
from setfair.programmes.models import Programme

from . import actions, forms, queries
from .models import Talk


@door(Permission.LOG_PRACTICE)
def practice(request: HttpRequest, programme: Programme) -> HttpResponse:
    """One more small talk, and one's own of late."""
    today = clock.local(clock.now(), programme.zone).date()
    form = forms.TalkForm(request.POST if request.method == "POST" else None, initial={"held_on": today})
    if form.is_valid():
        try:
            talk = actions.log(programme, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("Counted. Thank you."))
            return redirect("request_new" if talk.outcome == Talk.Outcome.CASE else "practice")
        except actions.CannotLog as reason:
            form.add_error(None, str(reason))
    page = {"form": form, "mine": queries.mine(request.actor.id), "reads": may(request.actor, Permission.READ_PRACTICE, programme)}  # type: ignore[attr-defined]
    return render(request, "practice/log.html", page, status=422 if form.is_bound else 200)


@door(Permission.LOG_PRACTICE)
@require_POST
def practice_strike(request: HttpRequest, programme: Programme, talk: UUID) -> HttpResponse:
    """Only one's own; any other is not there."""
    own = queries.own(request.actor.id, talk)  # type: ignore[attr-defined]
    if own is None:
        raise Http404
    actions.strike(own, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It is taken off."))
    return redirect("practice")


@door(Permission.READ_PRACTICE)
@require_GET
def practice_figures(request: HttpRequest, programme: Programme) -> HttpResponse:
    return render(request, "practice/figures.html", {"table": queries.table(programme)})


@door(Permission.READ_PRACTICE)
@require_GET
@gives_a_file
def practice_file(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The same table to save: what is left out on the page is left out here."""
    table = queries.table(programme)
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="figures.csv"'})
    lines = csv.writer(answer)
    lines.writerow(table.columns)
    lines.writerows([row.month, *(figure for _label, figure in row.figures)] for row in table.rows)
    return answer
