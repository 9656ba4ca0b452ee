"""Tablets for the table, and put away."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import rooms
from ..journey import Stage
from ..models import Conference, Room, RoomEnd
from .refusals import CannotGoOn
from .standing import held_stage


@transaction.atomic
def open_room(conference: Conference, *, by: Actor) -> Room:
    """From now on the table can be looked at by a code, a new one each time; while one stands, it is the same."""
    if held_stage(conference) != Stage.LIVE:
        raise CannotGoOn(_("Tablets show a meeting while it is under way."))
    there = rooms.open_room(conference)
    if there is not None:
        return there
    key = rooms.new_key()
    room = Room.objects.create(pk=key, conference=conference, code_digest=rooms.traced(rooms.code_of(key)), by=by.known_id)
    record("opened_room", room, by=by)
    return room


@transaction.atomic
def change_the_code(conference: Conference, *, by: Actor) -> None:
    """Whoever goes home may have heard the code: it opens nothing any more, and the tablets of the table need the next one."""
    if rooms.open_room(conference) is not None:
        put_tablets_away(conference, by=by)


@transaction.atomic
def put_tablets_away(conference: Conference, *, by: Actor) -> None:
    """The code opens nothing any more, and each tablet that shows the table closes it. Twice is once."""
    held_stage(conference)
    for room in Room.objects.filter(conference=conference, ends__isnull=True):
        record("put_tablets_away", RoomEnd.objects.create(conference=conference, room=room, by=by.id or room.by), by=by)
