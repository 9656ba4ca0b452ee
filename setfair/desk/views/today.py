from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import stands_in
from setfair.core import clock
from setfair.programmes.models import Programme
from setfair.scheduling.said import day

from ..needs import needs
from ..queries import shares_the_work
from ..rows import moment
from ..setup import ready_to_open
from ..today import meetings

COLUMNS = [_("What"), _("Case"), _("When"), ""]


@door(Permission.SEE_TODAY)
def today(request: HttpRequest, programme: Programme) -> HttpResponse:
    """W4: what needs this person, the next meetings, and for an administrator what is left to set up."""
    actor, everyones = request.actor, request.GET.get("whose") == "all"  # type: ignore[attr-defined]
    found = needs(actor, programme, everyones=everyones)
    sets_up = stands_in(actor, Permission.CHANGE_SETTINGS, Programme) is not None
    page: dict[str, Any] = {
        "day": day(clock.now(), programme.zone),
        "needs": found.rows,
        "is_full": found.is_full,
        "whose": _whose(everyones) if shares_the_work(actor) else [],
        "meetings": [{"when": moment(c.booking.starts_at, programme.zone), "of": c} for c in meetings(actor)],
        "columns": [conditional_escape(name) for name in COLUMNS],
        "checks": ready_to_open(programme) if sets_up else [],
        "reads_debriefs": stands_in(actor, Permission.READ_DEBRIEF, Programme) is not None,
        "is_written_to": stands_in(actor, Permission.READ_COMPLAINT, Programme) is not None,
    }
    return render(request, "desk/today.html", page)


def _whose(everyones: bool) -> list[dict[str, Any]]:
    return [
        {"url": "?", "label": _("Mine"), "current": not everyones},
        {"url": "?whose=all", "label": _("Everyone's"), "current": everyones},
    ]
