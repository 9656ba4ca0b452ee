"""The day on paper: for the door, for the room, and for a pocket."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.conferences.journey import Stage
from setfair.conferences.models import Conference
from setfair.core.doors import gives_a_file

from .arriving import for_the_door, for_the_room
from .card import card
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
    return _pdf(sheet(conference, language=get_language() or "en"))


@door(Permission.TAKE_PART, Participation)
@require_GET
@gives_a_file
def my_card(request: HttpRequest, me: Participation) -> HttpResponse:
    content = card(me, language=get_language() or "en")
    return redirect("times") if content is None else _pdf(content)


@door(Permission.PREPARE, Participation)
@require_GET
@gives_a_file
def person_card(request: HttpRequest, participation: Participation) -> HttpResponse:
    """In the language of whoever gets it."""
    content = card(participation, language=participation.person.language)
    return redirect("person", pk=participation.pk) if content is None else _pdf(content)


def _pdf(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{NAME}"'})
