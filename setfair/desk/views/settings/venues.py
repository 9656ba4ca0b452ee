"""How far one venue is from the others."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes import actions, queries
from setfair.programmes.forms.rooms import TravelForm
from setfair.programmes.models import Venue

from .saving import saved, status_of


@door(Permission.CHANGE_SETTINGS, Venue)
def travel(request: HttpRequest, venue: Venue) -> HttpResponse:
    others = list(Venue.objects.exclude(pk=venue.pk).order_by("name", "id"))
    form = TravelForm(request.POST or None, others=others, known=queries.travel_from(venue))
    by = request.actor  # type: ignore[attr-defined]
    if saved(form, lambda: actions.set_travel(venue, by=by, minutes={UUID(key): value for key, value in form.cleaned_data.items()})):
        messages.success(request, _("Saved."))
        return redirect("settings_venues")
    return render(request, "settings/travel.html", {"venue": venue, "others": others, "form": form}, status=status_of(form))
