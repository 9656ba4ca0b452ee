"""The bell schedule: looked through first, then used, and taken back where it was wrong."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes import actions
from setfair.programmes.bells import read
from setfair.programmes.forms.bells import BellsForm
from setfair.programmes.models import Bells, Programme


@door(Permission.CHANGE_SETTINGS)
def bells(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = BellsForm(request.POST or None, request.FILES or None)
    reading = read(form.cleaned_data["periods"], form.cleaned_data["days"]) if form.is_valid() else None
    if reading is not None and not reading.wrong and form.cleaned_data["step"] == "use":
        actions.ring(reading, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("These bells count from now on."))
        return redirect("settings_bells")
    now = Bells.objects.filter(undone_at__isnull=True).prefetch_related("periods", "other_days").order_by("-at", "-id").first()
    status = 422 if form.is_bound and (reading is None or reading.wrong) else 200
    return render(request, "settings/bells.html", {"form": form, "reading": reading, "now": now}, status=status)


@require_POST
@door(Permission.CHANGE_SETTINGS, Bells)
def take_back(request: HttpRequest, bells: Bells) -> HttpResponse:
    actions.unring(bells, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It is taken back. The one before counts again, if there was one."))
    return redirect("settings_bells")
