"""By whose clock somebody lives, on their own page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.people import actions as people
from setfair.people.forms import ZoneForm


@require_http_methods(["GET", "POST"])
@door(Permission.TAKE_PART, Participation)
def my_zone(request: HttpRequest, me: Participation) -> HttpResponse:
    form = ZoneForm(request.POST or None, programme=me.programme, initial={"zone": me.person.zone})
    if form.is_bound and form.is_valid():
        people.live_by(me.person, by=request.actor, zone=form.cleaned_data["zone"], case=me.case_id)  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. From now on we tell you times by this clock."))
        return redirect("my_contact")
    return render(request, "preparation/my_zone.html", {"me": me, "form": form}, status=422 if form.is_bound else 200)
