from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import stands_in
from setfair.programmes.models import Programme

from ..needs import needs
from ..rows import moment
from ..setup import ready_to_open
from ..today import meetings

COLUMNS = [_("What"), _("Case"), _("When"), ""]


@door(Permission.SEE_TODAY)
def today(request: HttpRequest, programme: Programme) -> HttpResponse:
    """W4: what needs this person, the next meetings, and for an administrator what is left to set up."""
    actor = request.actor  # type: ignore[attr-defined]
    next_ones = [
        {"when": moment(c.booking.starts_at, programme.zone), "room": c.booking.room.name, "case": c.case, "pk": c.pk} for c in meetings(actor)
    ]
    sets_up = stands_in(actor, Permission.CHANGE_SETTINGS, Programme) is not None
    page = {
        "needs": needs(actor, programme),
        "meetings": next_ones,
        "columns": COLUMNS,
        "checks": ready_to_open(programme) if sets_up else [],
    }
    return render(request, "desk/today.html", page)
