from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from setfair.cases.models import Case, ties_through_case
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.programmes.models import Room
from setfair.vault.fields import SealedText


def _end(name: str) -> Func:
    return Func(F("during"), function=name, output_field=models.DateTimeField())


HELD = Func(_end("lower"), Coalesce("clear_at", _end("upper")), function="tstzrange", output_field=DateTimeRangeField())
"""Of a booking: how long nobody else is in its room, until it is clear again."""


class Booking(Walled):
    """A conference's time and room. Released when it is lost, never deleted.

    `longest` is the programme's rule at the time of booking; `despite` says why it was
    booked although somebody had said no to that time. Its room is for nobody else until `clear_at`; where that is not said, until it ends.
    `early_*` are the minutes before the start at which each was asked to come: what was told to them stays, whatever the programme says later.
    """

    ties = ties_through_case()

    case = Within(Case, models.CASCADE, related_name="bookings")
    room = Within(Room, related_name="bookings")
    during = DateTimeRangeField()
    clear_at = models.DateTimeField(null=True)
    longest = models.DurationField()
    early_harmed = models.PositiveSmallIntegerField(default=15, db_default=15)
    early_responsible = models.PositiveSmallIntegerField(default=5, db_default=5)
    early_others = models.PositiveSmallIntegerField(default=10, db_default=10)
    early_team = models.PositiveSmallIntegerField(default=30, db_default=30)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.UUIDField()
    despite = SealedText(of="case_id")
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="booking_room_free",
                expressions=[("programme", RangeOperators.EQUAL), ("room", RangeOperators.EQUAL), (HELD, RangeOperators.OVERLAPS)],
                condition=Q(released_at__isnull=True),
            ),
            models.UniqueConstraint(fields=["programme", "case"], condition=Q(released_at__isnull=True), name="booking_one_live"),
            models.CheckConstraint(condition=Q(longest__gte=_end("upper") - _end("lower")), name="booking_not_longer"),
            models.CheckConstraint(condition=Q(clear_at__isnull=True) | Q(clear_at__gte=_end("upper")), name="booking_clear_after"),
            models.CheckConstraint(condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False), name="booking_has_ends"),
        ]

    @property
    def starts_at(self):  # type: ignore[no-untyped-def]
        return self.during.lower

    @property
    def ends_at(self):  # type: ignore[no-untyped-def]
        return self.during.upper

    def free(self) -> None:
        """Room and seats are there for others from now on; nothing is told."""
        self.released_at = clock.now()
        self.seats.filter(released_at__isnull=True).update(released_at=self.released_at)  # type: ignore[attr-defined]
        self.save(update_fields=["released_at"])


class Seat(Walled):
    """One person or facilitator held by one booking. `occupant` is a person's or a user's id: nobody sits in two circles at once."""

    booking = Within(Booking, models.CASCADE, related_name="seats")
    occupant = models.UUIDField()
    during = DateTimeRangeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="seat_occupant_free",
                expressions=[("programme", RangeOperators.EQUAL), ("occupant", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(released_at__isnull=True),
            ),
        ]

    def case_key(self) -> UUID:
        return self.booking.case_id
