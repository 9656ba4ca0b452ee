"""Whether the journal holds, for those who answer for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.journal import anchors
from setfair.journal.excuses import told
from setfair.journal.marks import newest
from setfair.journal.queries import latest_checks
from setfair.programmes.models import Programme


@door(Permission.WATCH_JOURNAL)
@require_GET
def journal(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The last nights, what to do when one of them found something, what is known to be lost, and the mark to keep."""
    return render(request, "desk/journal.html", {"checks": latest_checks(), "excuses": told(anchors.read()), "mark": newest()})
