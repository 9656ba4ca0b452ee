"""Whether my own first name stands on the public page: my choice, and for a student nobody else's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes import actions
from setfair.programmes.models import Programme
from setfair.programmes.queries import is_shown

from ..forms_of_oneself import ShownForm


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SHOW_ONESELF)
def shown(request: HttpRequest, programme: Programme) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = ShownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        choose = actions.show_myself if form.cleaned_data["shown"] == "yes" else actions.hide_myself
        choose(by=actor)
        messages.success(request, _("It is done."))
        return redirect("shown")
    page = {"form": form, "name": request.user.get_short_name(), "is_shown": is_shown(actor.id)}  # type: ignore[union-attr]
    return render(request, "desk/shown.html", page, status=422 if form.is_bound else 200)
