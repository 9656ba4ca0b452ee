"""The code of the room, and a browser that has become the table of one circle by it (decision 160).

Such a browser is nobody: it is told what everyone in the room hears, and nothing else opens to it. It holds
as long as the circle is under way and its code was not put away, and is asked for anew with each request.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib.auth import logout
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from setfair.access.limits import allow, deny, give_back
from setfair.access.network import network_of, wider_network_of
from setfair.core import clock, tenant
from setfair.core.moulds import Mould
from setfair.core.text import SPOKEN, typed
from setfair.vault.master import digest

from .journey import Stage
from .models import Conference, Room

SIGNS = 6
"""28 bits, for some hours and with a limit of tries."""
NEAR, WIDE = (20, timedelta(minutes=10)), (300, timedelta(hours=1))
"""Wrong codes from one network, and from the wider one that it lies in."""
LASTS = timedelta(hours=12)
"""A circle that nobody ended shows nothing the next morning."""
KEPT = "room"


def code_of(room: UUID) -> str:
    """What the console shows."""
    number, signs = int.from_bytes(digest("code of a room", room.hex)), ""
    for _sign in range(SIGNS):
        number, at = divmod(number, len(SPOKEN))
        signs += SPOKEN[at]
    return signs


def traced(code: str) -> bytes:
    """By what the room with this code is found again; any case, with or without dashes."""
    return digest("room", typed(code))


def new_key() -> UUID:
    """For a room whose code no other room has that stands now."""
    while True:
        key = uuid.uuid4()
        if not _behind(traced(code_of(key))):
            return key


def open_room(conference: Conference) -> Room | None:
    """The one by whose code tablets show this circle now."""
    return OPEN.first(values={"conference": conference.pk, "now": clock.now()}) if conference.stage == Stage.LIVE else None


OPEN = Mould(
    lambda *, conference: Room.objects.filter(conference=conference, ends__isnull=True, at__gt=clock.now() - LASTS).order_by("-number")[:1]
)  # fmt: skip


def code_now(conference: Conference) -> str:
    """As it is read aloud; nothing when the tablets are away."""
    return read_aloud(open_room(conference))


def read_aloud(room: Room | None) -> str:
    """Its code; nothing when the tablets are away."""
    return "" if room is None else f"{code_of(room.pk)[:3]}-{code_of(room.pk)[3:]}"


def enter(request: HttpRequest, code: str) -> bool:
    """Whether this browser is the table from now on. Whoever was in with it is out: a table is nobody.

    False for every other text and for too many tries, which count only when they are wrong.
    """
    near, wide = f"room near {network_of(request)}", f"room wide {wider_network_of(request)}"
    if not (allow(near, limit=NEAR[0], per=NEAR[1]) and allow(wide, limit=WIDE[0], per=WIDE[1])):
        return False
    found = _behind(traced(code))
    if len(found) != 1:
        deny(request, "room")
        return False
    give_back(near)
    give_back(wide)
    become(request, *found[0])
    return True


def become(request: HttpRequest, programme: UUID, room: UUID) -> None:
    """End every stay in this browser and begin that of the table."""
    logout(request)
    rotate_token(request)
    request.session[KEPT] = {"programme": str(programme), "room": str(room)}


def inside(request: HttpRequest, show: Callable[[Conference], HttpResponse]) -> HttpResponse | None:
    """What this table is shown; None when it is none, or not any more."""
    kept = request.session.get(KEPT)
    if kept is None:
        return None
    with tenant.inside(UUID(kept["programme"])):
        room = Room.objects.select_related("conference__case", "conference__booking").filter(pk=UUID(kept["room"])).first()
        standing = open_room(room.conference) if room is not None else None
        return show(room.conference) if room is not None and standing == room else None


def _behind(code: bytes) -> list[tuple[UUID, UUID]]:
    """Programme and room, ids only, of what stands now with this digest. Works before any programme is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, room_id FROM room_by_code(%s)", [code])
        return list(cursor.fetchall())
