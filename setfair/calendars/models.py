from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

ANSWERS = [("yes", _("Yes")), ("if_needed", _("If needed")), ("no", _("No"))]


class Week(Walled):
    """What somebody said of every week, on the programme's wall clock, and on which days it does not hold. A fact; the latest counts.

    `occupant` is what a seat holds: a person's id, or a user's. What hangs on it is forgotten with them.
    """

    occupant = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)

    class Meta:
        indexes = [models.Index(fields=["programme", "occupant", "at"], name="week_of_occupant")]


class WeekTime(Walled):
    """One stretch of that week."""

    week = Within(Week, models.CASCADE, related_name="times")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    answer = models.CharField(max_length=9, choices=ANSWERS)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="week_time_runs_forward"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="week_time_weekday"),
        ]


class DaysOff(Walled):
    """Days on which they cannot come at all, whatever they said of the week."""

    week = Within(Week, models.CASCADE, related_name="days_off")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="days_off_run_forward")]


class Calendar(Walled):
    """Somebody's own calendar, as a file they gave us once or as an address that is looked at every hour.

    The address is a secret: whoever knows it reads everything in there. It is sealed, never
    shown again and never logged. `looked_at` is when it was last read, `failing_since` since when it cannot be.
    """

    class Fault(models.TextChoices):
        ADDRESS = "address", _("This address cannot be used. Please copy it again from your calendar.")
        AWAY = "away", _("Nobody answers at this address.")
        REFUSED = "refused", _("The address does not let us in. It may have been changed or taken back.")
        TOO_BIG = "too_big", _("There is more in it than we can read.")
        SLOW = "slow", _("It took too long to answer.")
        NOT_ONE = "not_one", _("There is something at this address, but it is no calendar.")
        BROKEN = "broken", _("The calendar could not be read.")

    class Kind(models.TextChoices):
        FILE = "file", _("a file")
        ADDRESS = "address", _("an address")

    occupant = models.UUIDField()
    kind = models.CharField(max_length=7, choices=Kind)
    address = SealedText(of="id")
    added_at = models.DateTimeField(default=clock.now)
    looked_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    fault = models.CharField(max_length=8, choices=Fault, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fault="", failing_since__isnull=True) | Q(fault__gt="", failing_since__isnull=False), name="calendar_fault_since"
            ),
            models.CheckConstraint(
                condition=Q(kind="address", address__isnull=False) | Q(kind="file", address__isnull=True), name="calendar_has_address"
            ),
        ]
        indexes = [models.Index(fields=["programme", "occupant"], name="calendar_of_occupant")]


class Busy(Walled):
    """From when until when something is in it. What, where and with whom is never kept."""

    calendar = Within(Calendar, models.CASCADE, related_name="busy")
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False), name="busy_has_ends")
        ]
