"""When one of the team is needed, for their own page: day and hour, when to be there, and the room."""

from __future__ import annotations

from uuid import UUID

from setfair.cases.hours import Hour
from setfair.core import clock

from .duties import duties
from .queries import team_comes
from .said import clock_time, place, when


def hours_of(user: UUID) -> dict[UUID, Hour]:
    """By case: the meeting ahead at which they have a seat. One query, however many there are."""
    found = {}
    for booking in duties(user):
        zone = booking.programme.zone
        if booking.ends_at > clock.now():
            there = clock_time(team_comes(booking), zone)
            found[booking.case_id] = Hour(when(booking.starts_at, booking.ends_at, zone), there, place(booking.room, booking.programme))
    return found
