"""What is kept of the hour: who came, and which page the script was turned to. Nothing of what was said."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.records import Walled, Within

from .conference import Conference


class OfTheHour(Walled):
    """A fact of one circle's hour: at which beat it was, and by which clock.

    `number` is given by the database: facts of the hour are put in order by it, and by no clock (decision 138).
    """

    number = models.PositiveIntegerField(db_default=0, editable=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    def case_key(self) -> UUID:
        key: UUID = self.conference.case_id  # type: ignore[attr-defined]
        return key


class Attendance(OfTheHour):
    """That somebody came, or did not. A later row takes the place of an earlier one; neither is changed."""

    conference = Within(Conference, models.CASCADE, related_name="attendances")
    participation = Within(Participation, models.CASCADE, related_name="attendances")
    came = models.BooleanField(_("came"))
    by = models.UUIDField(null=True)


class PageTurn(OfTheHour):
    """That the script was turned to a page, and when. The order of the hour, and nothing of what was said."""

    conference = Within(Conference, models.CASCADE, related_name="turns")
    page = models.PositiveSmallIntegerField()
    by = models.UUIDField(null=True)
