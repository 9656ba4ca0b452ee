"""Stopping in the middle of a request, and going on with it another day."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.arrival import may_try, was_right
from setfair.access.doors import open_door
from setfair.access.forms import CodeForm
from setfair.access.limits import allow
from setfair.access.network import network_of
from setfair.core.text import shown

from ..draft import Draft
from ..kept_drafts import keep, take_up
from ..routes import ASK, REFER, Route
from .start import draft_of, here, while_somebody_reads

MOST, PER = 60, timedelta(hours=1)
"""Drafts an hour that are kept for one network, in one programme."""


@require_POST
@open_door
@while_somebody_reads
def ask_later(request: HttpRequest, programme: str) -> HttpResponse:
    """From where the answers are checked."""
    return stopped(request, ASK, draft_of(request, ASK))


@require_POST
@open_door
@while_somebody_reads
def refer_later(request: HttpRequest, programme: str) -> HttpResponse:
    """The same for an office, from its list of sections too."""
    return stopped(request, REFER, draft_of(request, REFER))


def stopped(request: HttpRequest, route: Route, draft: Draft) -> HttpResponse:
    """Their code, once. What they wrote leaves this device with them."""
    programme = here(request).slug
    if not draft.begun:
        return redirect(route.start, programme=programme)
    if not allow(f"later {network_of(request)} {here(request).pk}", limit=MOST, per=PER):
        messages.info(request, _("This was tried many times. Wait a few minutes, then it works again."))
        return redirect(route.page, programme=programme, step="check")
    code = keep(draft)
    draft.wipe()
    return render(request, "referrals/ask/later.html", {"code": shown(code)})


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
@while_somebody_reads
def ask_again(request: HttpRequest, programme: str) -> HttpResponse:
    """Type the code and go on, whichever of the two ways in it was. Wrong ones count like those of every other code."""
    slug, form = here(request).slug, CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        route = next((r for r in (ASK, REFER) if take_up(Draft(request, r.start), code)), None) if may_try(request, code) else None
        if route is not None:
            was_right(request, code)
            return redirect("ask_check" if route is ASK else "refer", programme=slug)
        form.did_not_open()
    return render(request, "referrals/ask/again.html", {"form": form}, status=422 if form.errors else 200)
