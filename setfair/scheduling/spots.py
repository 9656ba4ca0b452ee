"""Where a booked time could go instead: each window of a week, or one place that somebody points at, and in words what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.preparation.queries import circle as known
from setfair.programmes.models import Room

from . import queries, solver
from .models import Booking
from .said import clock_time, when

MANY = 999
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Spot:
    """One time and room to which a booking could move. What `blocks` it says why it cannot; `against` speaks against it all the same."""

    zone: str
    starts_at: datetime | None = None
    minutes: int = 0
    room: Room | None = None
    against: tuple[str, ...] = ()
    blocks: str = ""

    @property
    def when(self) -> str:
        return when(self.starts_at, self.starts_at + timedelta(minutes=self.minutes), self.zone) if self.starts_at else ""

    @property
    def begins(self) -> str:
        return clock_time(self.starts_at, self.zone) if self.starts_at else ""

    @property
    def moment(self) -> str:
        return self.starts_at.isoformat() if self.starts_at else ""


def minutes_of(booking: Booking) -> int:
    return int((booking.ends_at - booking.starts_at) // timedelta(minutes=1))


def spots_of(booking: Booking, monday: date) -> dict[tuple[date, str], Spot]:
    """Each window that is open that week, by its day and name: the best time in it, in the room that is booked now wherever that is free.

    The window in which it would stay where it is has none. A fixed number of queries.
    """
    case, zone = booking.case, booking.programme.zone
    laid = queries.lay_out(case, minutes_of(booking))
    prepared, week = known(case), (monday, monday + A_WEEK - timedelta(days=1))
    rooms = [rooms for rooms in (laid.meeting.rooms, (str(booking.room_id),)) if set(rooms) <= set(laid.rooms)]
    kept = [replace(laid, meeting=replace(laid.meeting, rooms=those)) for those in rooms if those]
    best = {laid.almanac.stretch_of(one.starts_at): one for those in kept for one in queries.of_layout(those, prepared, MANY, week)}
    hindered, found = solver.hindered(laid.diary, laid.meeting), {}
    for stretch in laid.almanac.stretches:
        on = clock.local(stretch.starts, zone).date()
        if not week[0] <= on <= week[1]:
            continue
        one = best.get(stretch)
        if one is None:
            spot = Spot(zone, blocks=queries.stands_in_the_way(laid, stretch, hindered))
        else:
            spot = Spot(zone, one.starts_at, one.minutes, one.room, one.against, one.missing)
        if (on, stretch.name) not in found or found[on, stretch.name].blocks:
            found[on, stretch.name] = spot
    return {where: spot for where, spot in found.items() if (spot.starts_at, spot.room) != (booking.starts_at, booking.room)}


def spot_in(booking: Booking, day: date, window: str) -> Spot:
    """The best time in that window of that day, looked at as a booking would be."""
    zone = booking.programme.zone
    spot = spots_of(booking, day - timedelta(days=day.weekday())).get((day, window))
    if spot is None:
        there = clock.local(booking.starts_at, zone).date() == day
        same, closed = _("It is in this window already."), _("No meeting can be held then: the day is over or closed, or this is not open on it.")
        return Spot(zone, blocks=same if there else closed)
    return spot if spot.blocks or spot.room is None or spot.starts_at is None else spot_at(booking, spot.room, spot.starts_at)


def spot_on(booking: Booking, day: date, room: Room) -> Spot:
    """The hour that it has now, on that day in that room."""
    zone = booking.programme.zone
    now = clock.local(booking.starts_at, zone)
    return spot_at(booking, room, clock.at(day, now.hour, now.minute, zone))


def spot_at(booking: Booking, room: Room, starts_at: datetime) -> Spot:
    """This very time and room, with everything that a booking asks before the database does."""
    case, minutes = booking.case, minutes_of(booking)
    ends_at = starts_at + timedelta(minutes=minutes)
    spot = Spot(booking.programme.zone, starts_at, minutes, room)
    if queries.is_same(booking, room, starts_at, minutes):
        return replace(spot, blocks=_("It is there already."))
    blocks = (
        queries.stays(booking)
        or queries.objection(case, room=room, starts_at=starts_at, minutes=minutes)
        or queries.not_green(case, starts_at)
        or queries.held_for_another(case, room, starts_at, ends_at)
        or queries.taken_then(case, room, DateTimeTZRange(starts_at, ends_at))
    )
    unsuited = queries.does_not_suit(case, starts_at, minutes)
    return replace(spot, blocks=blocks, against=(unsuited,) if unsuited else ())
