from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.journal.journey import WrongStep

from . import actions, pages, pages_of_moves, queries
from .actions import CannotBook, CannotRelease
from .forms import BookForm
from .forms_of_moves import MoveForm, NoLongerToldForm, WishForm
from .models import Booking


@require_http_methods(["GET", "POST"])
@door(Permission.BOOK, Booking)
def booking_move(request: HttpRequest, booking: Booking) -> HttpResponse:
    """To another time or room, by somebody's wish; only what stood is given back, and only once the new one is held."""
    minutes = int((booking.ends_at - booking.starts_at).total_seconds() // 60)
    initial = {"minutes": minutes, "room": booking.room_id}
    given = request.POST if request.method == "POST" else None
    form = MoveForm(given, programme=booking.programme, choices=pages_of_moves.choices(booking), initial=initial)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("room", "starts_at", "minutes", "despite", "wish")}
        try:
            actions.rebook(booking, by=request.actor, **said)  # type: ignore[attr-defined]
        except (CannotBook, WrongStep) as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The time is moved. Those who knew the old one get a message."))
            return redirect("schedule", ref=booking.case.ref)
    return render(request, "scheduling/move.html", pages_of_moves.to_move(booking, form), status=422 if form.is_bound else 200)


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
    page = pages.schedule(case, BookForm(programme=request.programme), reason)  # type: ignore[attr-defined]
    return render(request, "scheduling/schedule.html", page, status=422)
