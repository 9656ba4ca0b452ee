from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core.doors import gives_a_file
from setfair.journal.journey import WrongStep
from setfair.preparation.actions import ask_call

from . import actions, own_times, pages, views_of_rounds
from .calendar_file import own_file
from .forms import BookForm
from .forms_of_rounds import AheadForm
from .look import Look
from .models import Booking
from .queries import answers_of, last_round, live_booking, live_round, may_know
from .said import Clock, clock_of
from .weeks_ahead import WeekAhead, week_ahead


@require_GET
@door(Permission.BOOK, Case)
def schedule(request: HttpRequest, case: Case) -> HttpResponse:
    """Suggestions with their reasons, a time by hand, and what is booked now (screens.md W10)."""
    look = Look.asked(request.GET, request.programme)
    form = BookForm(programme=request.programme)
    return render(request, "scheduling/schedule.html", pages.schedule(case, form, by=request.actor, look=look))


@require_POST
@door(Permission.BOOK, Case)
def book(request: HttpRequest, case: Case) -> HttpResponse:
    form = BookForm(request.POST, programme=request.programme)
    if form.is_valid():
        said = form.cleaned_data
        try:
            given = {name: said[name] for name in ("room", "starts_at", "minutes", "despite")}
            actions.book_as_ready(case, by=request.actor, **given)
        except (actions.CannotBook, WrongStep) as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("It is booked. Everyone gets a message."))
            return redirect("schedule", ref=case.ref)
    return render(request, "scheduling/schedule.html", pages.schedule(case, form, by=request.actor), status=422)


@require_POST
@door(Permission.BOOK, Booking)
def booking_seats(request: HttpRequest, booking: Booking) -> HttpResponse:
    return _answered(request, booking, actions.seat_again, _("The seats are right again."))


@require_POST
@door(Permission.BOOK, Participation)
def seat(request: HttpRequest, participation: Participation) -> HttpResponse:
    """For somebody who joined after the time was booked."""
    case = participation.case
    try:
        actions.seat(participation, by=request.actor)
    except actions.CannotBook as reason:
        page = pages.schedule(case, BookForm(programme=request.programme), str(reason), by=request.actor)
        return render(request, "scheduling/schedule.html", page, status=422)
    messages.success(request, _("%(name)s has a seat now, and gets a message.") % {"name": participation.person.shown})
    return redirect("case", ref=case.ref)


@require_http_methods(["GET", "POST"])
@door(Permission.TAKE_PART, Participation)
def times(request: HttpRequest, me: Participation) -> HttpResponse:
    """When could you come? Once it is booked: when and where."""
    if me.case.stage not in (Stage.PREPARING, Stage.READY):
        return render(request, "scheduling/when_and_where.html", pages.own(me) | pages.when_and_where(me))
    asked = last_round(me.case)
    if asked is not None:
        return own_times.round_page(request, me, asked)
    week = week_ahead(me, request.GET.get("week", ""))
    form = _times_form(request, me, week, clock_of(me, me.programme))
    if not form.is_valid():
        return render(request, "scheduling/times.html", pages.own(me) | {"form": form, "ahead": week}, status=422 if form.is_bound else 200)
    _write_down(request, me, form)
    messages.success(request, _("Thank you. Only the team sees what you chose."))
    return redirect(f"{reverse('times')}{week.then(goes_on='goes_on' in request.POST)}")


@require_http_methods(["GET", "POST"])
@door(Permission.BOOK, Participation)
def times_for(request: HttpRequest, participation: Participation) -> HttpResponse:
    """What somebody said by voice or on paper, written down by the team."""
    asked = live_round(participation.case)
    if asked is not None and asked.is_open:
        return views_of_rounds.told(request, participation, asked)
    week = week_ahead(participation, request.GET.get("week", ""))
    form = _times_form(request, participation, week, clock_of(participation, participation.programme, to_team=True))
    if not form.is_valid():
        return render(request, "scheduling/times_for.html", pages.times_for(participation, form, week), status=422 if form.is_bound else 200)
    _write_down(request, participation, form)
    if week.later and "goes_on" in request.POST:
        return redirect(f"{reverse('times_for', args=[participation.pk])}{week.then(goes_on=True)}")
    return redirect("schedule", ref=participation.case.ref)


@gives_a_file
@require_GET
@door(Permission.TAKE_PART, Participation)
def meeting_file(request: HttpRequest, me: Participation) -> HttpResponse:
    booking = live_booking(me.case)
    if booking is None or not may_know(booking, me):
        raise Http404
    answer = HttpResponse(own_file(booking, me), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer


def _times_form(request: HttpRequest, whose: Participation, week: WeekAhead, on: Clock) -> AheadForm:
    return AheadForm(request.POST or None, stretches=week.stretches, clock=on, said=answers_of(whose))


def _write_down(request: HttpRequest, whose: Participation, form: AheadForm) -> None:
    for starts_at, answer in form.answers().items():
        actions.answer_time(whose, by=request.actor, starts_at=starts_at, answer=answer)
    if form.cleaned_data["call"]:
        ask_call(whose, by=request.actor)


def _answered(request: HttpRequest, booking: Booking, verb: Any, done: str) -> HttpResponse:
    case = booking.case
    try:
        verb(booking, by=request.actor)
    except (actions.CannotBook, actions.CannotRelease, WrongStep) as reason:
        page = pages.schedule(case, BookForm(programme=request.programme), str(reason), by=request.actor)
        return render(request, "scheduling/schedule.html", page, status=422)
    messages.success(request, done)
    return redirect("schedule", ref=case.ref)
