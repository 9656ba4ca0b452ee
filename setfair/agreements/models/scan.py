from __future__ import annotations

from django.db import models

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.files.models import File

from .agreement import Agreement


class Scan(Walled):
    """That the paper somebody signed was scanned in: one row for each whose name is on that sheet. Of several the latest counts.

    There is a signature of theirs on paper (the database asks for it); the sheet itself is a file for the team.
    """

    agreement = Within(Agreement, models.CASCADE, related_name="scans")
    participation = Within(Participation, models.CASCADE, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    file = Within(File, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "agreement", "participation", "file"], name="scan_once")]
