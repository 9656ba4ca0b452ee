from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.programmes.models import Programme, Role

from ..board import board as columns_of
from ..board import shown_any

WHOSE = (("mine", _("Mine")), ("all", _("Everyone's")))
ABOUT = (("", _("Promises and calls")), ("promises", _("Promises")), ("calls", _("Calls")), ("holidays", _("In the holidays")))


@door(Permission.SEE_TODAY)
def board(request: HttpRequest, programme: Programme) -> HttpResponse:
    """W15: what was promised in all cases, and who is to be called, by what the dates say."""
    whose, about = _chosen(request)
    columns = columns_of(request.actor, programme, mine=whose == "mine", about=about)  # type: ignore[attr-defined]
    context = {"columns": columns, "any": shown_any(columns), "whose": _tabs(WHOSE, "whose", whose, {"about": about})}
    return render(request, "desk/board.html", context | {"about": _tabs(ABOUT, "about", about, {"whose": whose})})


def _chosen(request: HttpRequest) -> tuple[str, str]:
    """What was asked for, or else one's own work, if one has any."""
    own = request.actor.has(Role.COORDINATOR, Role.FACILITATOR)  # type: ignore[attr-defined]
    whose, about = request.GET.get("whose", ""), request.GET.get("about", "")
    return whose if whose in dict(WHOSE) else "mine" if own else "all", about if about in dict(ABOUT) else ""


def _tabs(choices: Any, name: str, now: str, others: dict[str, str]) -> list[dict[str, Any]]:
    return [{"url": f"?{urlencode({name: code, **others})}", "label": label, "current": code == now} for code, label in choices]
