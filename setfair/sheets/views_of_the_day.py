"""The day on paper, for the door and for the room."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.conferences.journey import Stage
from setfair.conferences.models import Conference
from setfair.core.doors import gives_a_file

from .arriving import for_the_door, for_the_room
from .paper import NAME

Sheet = Callable[..., bytes]


@door(Permission.CONVENE, Conference)
@require_GET
@gives_a_file
def door_sheet(request: HttpRequest, conference: Conference) -> HttpResponse:
    return _printed(conference, for_the_door)


@door(Permission.CONVENE, Conference)
@require_GET
@gives_a_file
def room_sheet(request: HttpRequest, conference: Conference) -> HttpResponse:
    return _printed(conference, for_the_room)


def _printed(conference: Conference, sheet: Sheet) -> HttpResponse:
    """Of a meeting that is still to be held; of any other, where it stands."""
    if conference.stage != Stage.PLANNED:
        return redirect("conference", pk=conference.pk)
    content = sheet(conference, language=get_language() or "en")
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{NAME}"'})
