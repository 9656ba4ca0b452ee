"""What is kept of the hour: who came, and which page the script was turned to. Nothing of what was said."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.records import Walled, Within

from .conference import Conference


def numbered() -> models.PositiveIntegerField:
    """Which beat of its circle a fact was, given by the database: facts of the hour are put in order by it, and by no clock."""
    return models.PositiveIntegerField(db_default=0, editable=False)


class Attendance(Walled):
    """That somebody came, or did not. A later row takes the place of an earlier one; neither is changed."""

    conference = Within(Conference, models.CASCADE, related_name="attendances")
    participation = Within(Participation, models.CASCADE, related_name="attendances")
    came = models.BooleanField(_("came"))
    number = numbered()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    def case_key(self) -> UUID:
        return self.conference.case_id


class PageTurn(Walled):
    """That the script was turned to a page, and when. The order of the hour, and nothing of what was said."""

    conference = Within(Conference, models.CASCADE, related_name="turns")
    page = models.PositiveSmallIntegerField()
    number = numbered()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    def case_key(self) -> UUID:
        return self.conference.case_id
