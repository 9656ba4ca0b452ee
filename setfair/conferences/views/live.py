"""What a page of the circle that lies open is told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.entry import on_the_day, only_listens
from setfair.access.policy import Permission
from setfair.access.ties import may

from ..live.line import line
from ..live.state import Kind
from ..models import Conference


@only_listens
@on_the_day
@require_GET
@door(Permission.READ_SCRIPT, Conference)
def live(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Where it stands, for a page that already shows it: said once, and asked for again by the browser itself."""
    return line(request, conference, Kind.LEAD if may(request.actor, Permission.CONVENE, conference) else Kind.STUDENT)
