from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.journal.journey import WrongStep

from . import actions, pages, pages_of_moves, queries
from .actions import CannotBook, CannotRelease
from .forms import BookForm
from .forms_of_moves import MoveForm, NoLongerToldForm, SpotForm, WishForm
from .models import Booking
from .spots import minutes_of


@require_http_methods(["GET", "POST"])
@door(Permission.BOOK, Booking)
def booking_move(request: HttpRequest, booking: Booking) -> HttpResponse:
    """To another time or room, by somebody's wish; only what stood is given back, and only once the new one is held."""
    pointed = SpotForm(request.GET, booking)
    if request.method == "GET" and pointed.is_asked:
        return render(request, "scheduling/move_here.html", pages_of_moves.to_look_at(booking, pointed.spot()) | {"in_week": _in_week(request)})
    initial, given = {"minutes": minutes_of(booking), "room": booking.room_id}, request.POST if request.method == "POST" else None
    form = MoveForm(given, programme=booking.programme, choices=pages_of_moves.choices(booking), initial=initial)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("room", "starts_at", "minutes", "despite", "wish")}
        try:
            return _moved(request, actions.rebook(booking, by=request.actor, **said))  # type: ignore[attr-defined]
        except (CannotBook, WrongStep) as reason:
            form.add_error(None, str(reason))
    return render(request, "scheduling/move.html", pages_of_moves.to_move(booking, form), status=422 if form.is_bound else 200)


def _in_week(request: HttpRequest) -> bool:
    return request.method == "GET" and request.GET.get("from") == "week" or request.POST.get("from") == "week"


def _moved(request: HttpRequest, became: Booking) -> HttpResponse:
    """Back to where they came from; the week says what moved, and how it goes back."""
    if _in_week(request):
        day = clock.local(became.starts_at, became.programme.zone).date()
        return redirect(f"{reverse('week')}?{urlencode({'day': day.isoformat(), 'view': 'windows', 'moved': became.pk})}")
    messages.success(request, _("The time is moved. Those who knew the old one get a message."))
    return redirect("schedule", ref=became.case.ref)


@require_POST
@door(Permission.BOOK, Booking)
def booking_release(request: HttpRequest, booking: Booking) -> HttpResponse:
    form = WishForm(request.POST)
    try:
        actions.call_off(booking, by=request.actor, wish=form.data.get("wish", ""))  # type: ignore[attr-defined]
    except (CannotRelease, WrongStep) as reason:
        return _refused(request, booking.case, str(reason))
    messages.success(request, _("The time is given back. Everyone gets a message."))
    return redirect("schedule", ref=booking.case.ref)


@require_http_methods(["GET", "POST"])
@door(Permission.BOOK, Participation)
def no_longer_told(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Somebody told the team that they cannot come, or can after all."""
    form = NoLongerToldForm(request.POST if request.method == "POST" else None)
    booking = queries.live_booking(participation.case)
    if booking is None or not queries.lies_ahead(booking):
        return redirect("schedule", ref=participation.case.ref)
    if form.is_valid():
        try:
            actions.say_no_longer(participation, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("schedule", ref=participation.case.ref)
        except actions.CannotSayThat as reason:
            form.add_error(None, str(reason))
    context = pages_of_moves.told(participation, form)
    return render(request, "scheduling/no_longer_told.html", context, status=422 if form.is_bound else 200)


@require_POST
@door(Permission.BOOK, Participation)
def go_without(request: HttpRequest, participation: Participation) -> HttpResponse:
    try:
        actions.go_without(participation, by=request.actor)  # type: ignore[attr-defined]
    except actions.CannotSayThat as reason:
        return _refused(request, participation.case, str(reason))
    messages.success(request, _("The meeting goes on without %(name)s.") % {"name": participation.person.shown})
    return redirect("schedule", ref=participation.case.ref)


def _refused(request: HttpRequest, case: Case, reason: str) -> HttpResponse:
    page = pages.schedule(case, BookForm(programme=request.programme), reason, by=request.actor)  # type: ignore[attr-defined]
    return render(request, "scheduling/schedule.html", page, status=422)
