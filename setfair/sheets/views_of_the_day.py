"""The day on paper, for the door and for the room."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.conferences.journey import Stage
from setfair.conferences.models import Conference
from setfair.core.doors import gives_a_file

from .arriving import for_the_door, for_the_room
from .paper import NAME

SHEETS = {"door": for_the_door, "room": for_the_room}


@door(Permission.CONVENE, Conference)
@require_GET
@gives_a_file
def day_sheet(request: HttpRequest, conference: Conference, whose: str) -> HttpResponse:
    """Of a meeting that is still to be held; once it has begun everybody is there."""
    if conference.stage != Stage.PLANNED or whose not in SHEETS:
        raise Http404
    content = SHEETS[whose](conference, language=get_language() or "en")
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{NAME}"'})
