"""Terms and days off from a calendar: looked through first, then taken in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes import actions
from setfair.programmes.forms.dates import DatesForm
from setfair.programmes.models import Programme

from ...dates import CannotRead, Choosing, look, unpacked


@require_http_methods(["GET", "POST"])
@door(Permission.CHANGE_SETTINGS)
def dates(request: HttpRequest, programme: Programme) -> HttpResponse:
    """First the calendar, then what of it counts: two steps at one address, the second with all that the first found."""
    form, choosing = DatesForm(), None
    try:
        if "found" in request.POST:
            choosing = Choosing(unpacked(request.POST["found"]), request.POST)
            if choosing.form.is_valid():
                return _take_in(request, choosing)
        elif request.method == "POST":
            form = DatesForm(request.POST, request.FILES)
            choosing = Choosing(look(programme, **form.cleaned_data)) if form.is_valid() else None
    except (CannotRead, actions.CannotChange) as reason:
        messages.error(request, str(reason))
    status = 422 if request.method == "POST" and (choosing is None or choosing.form.is_bound) else 200
    return render(request, "settings/dates.html", {"form": form, "choosing": choosing}, status=status)


def _take_in(request: HttpRequest, choosing: Choosing) -> HttpResponse:
    taken = actions.take_in(choosing.chosen(), by=request.actor)  # type: ignore[attr-defined]
    done = ngettext("%(n)s line is taken in.", "%(n)s lines are taken in.", len(taken)) % {"n": len(taken)}
    messages.success(request, done)
    return redirect("settings_dates")
