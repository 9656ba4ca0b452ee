"""Somebody cannot come at the booked time any more. It calls nothing off, and nobody of the circle hears of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.preparation.queries import has_stopped
from setfair.preparation.refusal import CannotPrepare

from . import actions, queries
from .actions.moving import CALL
from .forms_of_moves import NoLongerForm
from .models import Booking, NoLonger
from .said import clock_of

THANKS = {
    NoLonger.Word.CANNOT: _("Thank you for telling us. We look for another way, and then we tell you."),
    NoLonger.Word.CAN: _("Thank you. We have your answer."),
    CALL: _("Thank you. We will call you."),
}


@require_http_methods(["GET", "POST"])
@door(Permission.TAKE_PART, Participation)
def own_no_longer(request: HttpRequest, me: Participation) -> HttpResponse:
    booking = queries.live_booking(me.case)
    if booking is None or has_stopped(me) or not queries.lies_ahead(booking) or not queries.may_know(booking, me):
        return redirect("home")
    form = NoLongerForm(request.POST if request.method == "POST" else None)
    if not form.holds_for(booking):
        return _page(request, me, booking, form, 422 if form.is_bound else 200)
    word = form.cleaned_data["answer"]
    try:
        actions.say_no_longer(me, by=request.actor, word=word)  # type: ignore[attr-defined]
    except (actions.CannotSayThat, CannotPrepare) as reason:
        form.add_error(None, str(reason))
        return _page(request, me, booking, form, 422)
    messages.success(request, THANKS[word])
    return redirect("home")


def _page(request: HttpRequest, me: Participation, booking: Booking, form: NoLongerForm, status: int) -> HttpResponse:
    context = {"me": me, "about": booking.pk, "form": form, "answers": form.offered()}
    context["when"] = clock_of(me, booking.programme).when(booking.starts_at, booking.ends_at)
    return render(request, "scheduling/own_no_longer.html", context, status=status)
