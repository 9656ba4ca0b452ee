"""What is booked, who sits there, and who may know."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from setfair.cases.models import Case, Participation
from setfair.cases.queries import here
from setfair.core import clock
from setfair.preparation.models import Consent
from setfair.preparation.queries import answer_of, is_asked
from setfair.programmes.models import Programme, Room
from setfair.vault import ring

from ..models import Booking, Seat
from ..said import when
from .needed import occupants


def live_booking(case: Case) -> Booking | None:
    """The time and room the case holds now."""
    return Booking.objects.filter(case=case, released_at__isnull=True).select_related("room__venue", "programme").first()


def booked_day(case: Case) -> date | None:
    """The day that is booked, on the programme's clock."""
    booking = live_booking(case)
    return clock.local(booking.starts_at, case.programme.zone).date() if booking is not None else None


def when_words(booking: Booking, programme: Programme) -> str:
    """Day, start and end on the programme's wall clock, in the language that is active now."""
    return when(booking.starts_at, booking.ends_at, programme.zone)


def lies_ahead(booking: Booking) -> bool:
    return booking.ends_at > clock.now()


def is_same(booking: Booking, room: Room, starts_at: datetime, minutes: int) -> bool:
    """Whether this is the booking that the form asks for, sent a second time."""
    return (booking.room_id, booking.starts_at, booking.ends_at - booking.starts_at) == (room.pk, starts_at, timedelta(minutes=minutes))


def seats_differ(booking: Booking, case: Case) -> bool:
    """Whether somebody has joined or left since it was booked, so that the seats are no longer theirs."""
    held = set(Seat.objects.filter(booking=booking, released_at__isnull=True).values_list("occupant", flat=True))
    return held != set(occupants(case))


def may_know(booking: Booking, participation: Participation) -> bool:
    """Whether this person is told when and where: they have a seat, and have said yes to taking part."""
    sits = Seat.objects.filter(booking=booking, occupant=participation.person_id, released_at__isnull=True).exists()
    return sits and is_willing(participation)


def is_willing(participation: Participation) -> bool:
    """Whether they have said yes, if they are asked at all."""
    said = answer_of(participation)
    return not is_asked(participation) or (said is not None and said.answer == Consent.Answer.YES)


def unseated(case: Case) -> list[Participation]:
    """Those of the circle who joined after the time was booked and have no seat at it, the first to join first."""
    booking = live_booking(case)
    if booking is None or not lies_ahead(booking):
        return []
    seats = Seat.objects.filter(booking=booking, released_at__isnull=True).values("occupant")
    without = list(here(case).exclude(person_id__in=seats).select_related("person").order_by("added_at", "id"))
    ring.gather(p.person_id for p in without)
    return without
