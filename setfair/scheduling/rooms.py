"""Which rooms fit a circle, and how far apart they are for those who go from one to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from setfair.cases.models import Case, Participation
from setfair.cases.queries import circle, team
from setfair.core import clock
from setfair.core.hours import Hours
from setfair.preparation.arranged import Arrangement
from setfair.preparation.queries import wanted_of_a_room
from setfair.programmes.models import Room, Travel

from . import solver
from .models import Seat
from .said import listed

FARTHEST = timedelta(minutes=1200)
"""Nobody travels longer between two meetings; what ends earlier is not looked at."""


def rooms_for(people: list[Participation]) -> list[Room]:
    """The open rooms that have what somebody of the circle needs: the smallest first, and of those where most can wait apart."""
    rows = Room.objects.filter(closed_at__isnull=True, **dict.fromkeys(wanted_of_a_room(people), True))
    return list(rows.select_related("venue").order_by("seats", "-waiting_places", "name", "id"))


def no_room(people: list[Participation], seats: int) -> str:
    wanted = [str(Arrangement.Kind(kind).label) for kind in wanted_of_a_room(people)]
    if wanted and Room.objects.filter(closed_at__isnull=True, seats__gte=seats).exists():
        return _("No open room with %(seats)s seats has what somebody needs: %(what)s.") % {"seats": seats, "what": listed(wanted)}
    return _("No open room has %(seats)s seats.") % {"seats": seats}


def barred(case: Case, rooms: list[Room], first: date, last: date) -> dict[UUID, list[solver.Span]]:
    """For each room the hours of these days that are not to be had in it: it is shut, or a helper of this case could not be there in time."""
    apart = any(room.venue for room in rooms)
    seats = _of_helpers(_names(case), clock.at(first, 0, 0, case.programme.zone) - FARTHEST, but=case) if apart else []
    known = travels() if seats else {}
    found = {room.pk: closed_hours(room, first, last, case.programme.zone) for room in rooms}
    for room in rooms:
        found[room.pk] += [span for seat in seats if (span := _on_the_way(room, seat, known))]
    return {room: spans for room, spans in found.items() if spans}


def ways_to(rooms: list[Room], helpers: Iterable[UUID], after: datetime) -> dict[UUID, list[solver.Span]]:
    """For each of these users the hours around their other meetings from which they could not be in all of the rooms in time."""
    seats, known, found = _of_helpers(helpers, after - FARTHEST), travels(), defaultdict[UUID, list[solver.Span]](list)
    for seat in seats:
        found[seat.occupant] += [span for room in rooms if (span := _on_the_way(room, seat, known))]
    return found


def closed_hours(room: Room, first: date, last: date, zone: str) -> list[solver.Span]:
    """The spans of these days in which the room is not open."""
    if room.opens is None and room.closes is None:
        return []
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [span for day in days for span in _shut(room, day, zone)]


def unfit(case: Case, room: Room, starts_at: datetime, ends_at: datetime) -> str:
    """Why this circle cannot sit in that room then, in one sentence; empty when it can. Seats and what is taken are asked elsewhere."""
    people, zone = circle(case), case.programme.zone
    for kind, names in wanted_of_a_room(people).items():
        if not room.has(kind):
            said = {"name": names[0], "what": Arrangement.Kind(kind).label, "room": room.name}
            return _("%(name)s needs %(what)s, and %(room)s has none.") % said
    if not room.is_open(starts_at, ends_at, zone):
        return _("%(room)s is not open then: %(hours)s") % {"room": room.name, "hours": _hours(room)}
    return _too_far(case, room, starts_at, ends_at)


def minutes_between(one: Room, other: Room, known: dict[frozenset[UUID | None], int]) -> int:
    """From one room to another: none in one venue, else what is known of the two, else past the usual place."""
    if one.venue_id == other.venue_id:
        return 0
    past = sum(room.venue.minutes for room in (one, other) if room.venue is not None)
    return known.get(frozenset((one.venue_id, other.venue_id)), past)


def travels() -> dict[frozenset[UUID | None], int]:
    return {frozenset((one, other)): minutes for one, other, minutes in Travel.objects.values_list("one", "other", "minutes")}


def _too_far(case: Case, room: Room, starts_at: datetime, ends_at: datetime) -> str:
    """Helpers alone: where somebody of a circle is before and after is not ours to know."""
    known = travels()
    for seat in _of_helpers(_names(case), starts_at - FARTHEST, but=case):
        span = _on_the_way(room, seat, known)
        if span and starts_at < span[1] and span[0] < ends_at:
            said = {"name": _names(case)[seat.occupant], "minutes": minutes_between(room, seat.booking.room, known)}
            return _("%(name)s is in another place close to that time, and needs %(minutes)s minutes from one to the other.") % said
    return ""


def _of_helpers(helpers: Iterable[UUID], after: datetime, but: Case | None = None) -> list[Seat]:
    """Where these users sit, other than in this circle."""
    held = Seat.objects.filter(occupant__in=list(helpers), released_at__isnull=True, during__endswith__gt=after)
    held = held.exclude(booking__case=but) if but is not None else held
    return list(held.select_related("booking__room__venue").order_by("during", "id"))


def _names(case: Case) -> dict[UUID, str]:
    return {a.facilitator.user_id: a.facilitator.user.name for a in team(case)}


def _on_the_way(room: Room, seat: Seat, known: dict[frozenset[UUID | None], int]) -> solver.Span | None:
    """From when until when somebody who sits there cannot sit in this room; None in the same venue, where only the sitting itself counts."""
    need = timedelta(minutes=minutes_between(room, seat.booking.room, known))
    return (seat.during.lower - need, seat.during.upper + need) if need else None


def _shut(room: Room, day: date, zone: str) -> Iterable[solver.Span]:
    whole, open_then = Hours().on(day, zone), Hours(room.opens, room.closes).on(day, zone)
    if whole is None or open_then is None:
        return
    if whole[0] < open_then[0]:
        yield whole[0], open_then[0]
    if open_then[1] < whole[1]:
        yield open_then[1], whole[1]


def _hours(room: Room) -> str:
    return "–".join(time_format(at, "TIME_FORMAT") if at else "…" for at in (room.opens, room.closes))
