"""W8 once more: is it still all right? Opened from a link or from home; a link alone never answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.preparation import actions as preparation
from setfair.preparation.home import Card
from setfair.preparation.queries import break_of, has_stopped

from .forms_of_moves import OfThatDay
from .models import Booking
from .queries import may_know
from .said import clock_of
from .still import asked_now, day_of


class StillForm(OfThatDay):
    answer = forms.ChoiceField(
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("call", gettext_lazy("Please call me"))],
        error_messages={"required": gettext_lazy("Please choose one."), "invalid_choice": gettext_lazy("Please choose one.")},
    )

    def offered(self) -> list[dict[str, Any]]:
        return [{"value": value, "label": label} for value, label in self.fields["answer"].choices]  # type: ignore[attr-defined]


def card_of(me: Participation) -> Card | None:
    """First on the page, until they have answered."""
    if has_stopped(me) or break_of(me) is not None or asked_now(me) is None:
        return None
    return Card(_("Is it still all right for you?"), _("The day is near. We ask you once more."), reverse("still"), is_your_turn=True)


@door(Permission.TAKE_PART, Participation)
def still(request: HttpRequest, me: Participation) -> HttpResponse:
    booking = asked_now(me)
    if booking is None or has_stopped(me):
        return redirect("home")
    form = StillForm(request.POST if request.method == "POST" else None)
    if not form.holds_for(booking):
        return _page(request, me, booking, form, 422 if form.is_bound else 200)
    return _answered(request, me, booking, form)


def _page(request: HttpRequest, me: Participation, booking: Booking, form: StillForm, status: int = 200) -> HttpResponse:
    when = clock_of(me, booking.programme).when(booking.starts_at, booking.ends_at) if may_know(booking, me) else ""
    context = {"me": me, "about": booking.pk, "form": form, "answers": form.offered(), "when": when}
    return render(request, "scheduling/still.html", context, status=status)


def _answered(request: HttpRequest, me: Participation, booking: Booking, form: StillForm) -> HttpResponse:
    by, answer = request.actor, form.cleaned_data["answer"]  # type: ignore[attr-defined]
    try:
        if answer == "yes":
            preparation.say_still(me, by=by, for_day=day_of(booking))
            messages.success(request, _("Thank you. We have your answer."))
        elif answer == "no":
            preparation.withdraw(me, by=by)
            messages.success(request, _("You have stopped for now. We do not ask why."))
        else:
            preparation.ask_call(me, by=by)
            messages.success(request, _("Thank you. We will call you."))
    except preparation.CannotPrepare as reason:
        form.add_error(None, str(reason))
        return _page(request, me, booking, form, 422)
    return redirect("home")
