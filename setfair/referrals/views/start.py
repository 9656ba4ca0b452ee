from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from setfair.access.doors import open_door
from setfair.programmes.models import Programme
from setfair.programmes.queries import is_read
from setfair.programmes.wording import told

from .. import queries
from ..draft import Draft
from ..routes import ASK, Route


def here(request: HttpRequest) -> Programme:
    """The programme whose public page this is; 404 when there is none of that name."""
    programme: Programme | None = request.programme  # type: ignore[attr-defined]
    if programme is None:
        raise Http404
    return programme


def draft_of(request: HttpRequest, route: Route) -> Draft:
    """What they wrote so far; when it has been wiped meanwhile, their next page says so."""
    draft = Draft(request, route.start)
    if draft.ran_out and draft.is_under_a_code:
        messages.info(request, _("You were away for a while, so we closed this. What you had answered is still there under your code."))
    elif draft.ran_out:
        messages.info(request, _("You were away for a while. To keep it private, we wiped what you had written before."))
    return draft


def while_somebody_reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No words are taken that nobody would read: where no one coordinates the page says whom to call instead."""

    @wraps(view)
    def answer(request: HttpRequest, programme: str, **more: Any) -> HttpResponse:
        here(request)
        return view(request, programme, **more) if is_read() else render(request, "referrals/nobody.html")

    return answer


@require_safe
@open_door
def start(request: HttpRequest, programme: str) -> HttpResponse:
    ours = here(request)
    shown = {
        "goals": [line for line in told(ours.goals).splitlines() if line.strip()],
        "team": queries.public_team(),
        "windows": queries.public_windows(),
        "is_read": is_read(),
    }
    return render(request, "referrals/start.html", shown)


@require_safe
@open_door
def help_now(request: HttpRequest, programme: str) -> HttpResponse:
    here(request)
    unsure = Draft(request, ASK.start).answers.get("now", {}).get("answer") == "unsure"
    return render(request, "referrals/help.html", {"may_go_on": unsure, "is_read": is_read()})
