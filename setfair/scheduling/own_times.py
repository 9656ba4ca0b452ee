"""When somebody could come, on their own page: the times of a round on one page, or, when nobody asks, the next ones of the week."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.cases.models import Participation

from . import pages, queries, rounds
from .forms_of_rounds import RoundForm
from .models import Round
from .said import clock_of, until


def round_page(request: HttpRequest, me: Participation, asked: Round) -> HttpResponse:
    """All of it on one page, with or without JavaScript. What came too late is told kindly, and what they had said before stays."""
    if not asked.is_open or not queries.is_willing(me):
        return render(request, "scheduling/times_over.html", pages.own(me) | {"words": rounds.over_words(asked)})
    form = form_of(RoundForm, request, asked, me)
    if not form.is_valid():
        return _page(request, me, asked, form, 422 if form.is_bound else 200)
    try:
        rounds.answer(asked, me, by=request.actor, **form.said())  # type: ignore[attr-defined]
    except rounds.CannotAsk as reason:
        form.add_error(None, str(reason))
        return _page(request, me, asked, form, 422)
    except rounds.IsOver as reason:
        return render(request, "scheduling/times_over.html", pages.own(me) | {"words": str(reason)}, status=409)
    messages.success(request, _("Thank you. Only the team sees what you chose."))
    return redirect("times")


def form_of(kind: type[RoundForm], request: HttpRequest, asked: Round, who: Participation, *, to_team: bool = False, **initial: Any) -> Any:
    """The form as they filled it last, if they did; times that are over by now are left out."""
    last = queries.own_word(asked, who)
    known = queries.answers_of(who) if last is not None else {}
    initial |= {"none": last is not None and last.means == "none", "call": last is not None and last.means == "call"}
    sent = request.POST if request.method == "POST" else None
    return kind(sent, stretches=queries.times_of(asked), clock=clock_of(who, asked.programme, to_team=to_team), said=known, initial=initial)


def _page(request: HttpRequest, me: Participation, asked: Round, form: RoundForm, status: int) -> HttpResponse:
    given = {"form": form, "until": until(asked.until, clock_of(me, asked.programme).own), "answered": queries.own_word(asked, me) is not None}
    return render(request, "scheduling/times_asked.html", pages.own(me) | given, status=status)
