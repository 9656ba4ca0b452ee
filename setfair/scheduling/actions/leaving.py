"""One of the team is needed no more at a booked time: their hour is free, and they hear of it if they knew."""

from __future__ import annotations

from django.db import transaction

from setfair.cases.journey import Stage
from setfair.cases.models import Assignment
from setfair.core import clock
from setfair.core.actor import Actor

from .. import letters_of_leaving as letters
from ..models import Booking, Seat
from ..queries import lies_ahead


@transaction.atomic
def free_seat(assignment: Assignment, *, by: Actor) -> Seat | None:
    """Free the seat that somebody who left the team still holds, and tell them that they are not needed then; nobody else is told.

    None where there is nothing to free: no time lies ahead, or they had no seat.
    """
    user = assignment.facilitator.user
    live = Booking.objects.select_for_update(of=("self",)).filter(case=assignment.case_id, case__stage=Stage.SCHEDULED, released_at__isnull=True)
    booking = live.select_related("case", "room__venue", "programme").first()
    if booking is None or not lies_ahead(booking):
        return None
    seat = Seat.objects.filter(booking=booking, occupant=user.pk, released_at__isnull=True).first()
    if seat is None:
        return None
    seat.released_at = clock.now()
    seat.save(update_fields=["released_at"])
    letters.not_needed(booking, user, seat, by=by)
    return seat
