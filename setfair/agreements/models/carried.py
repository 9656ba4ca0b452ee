from __future__ import annotations

from django.db import models

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import Walled, Within

from .agreement import Agreement, Signature


class Carried(Walled):
    """That somebody's signature goes on under a newer version, since nothing in it that is theirs is different.

    What they had before them then stands with the signature itself. `round` is the laying out it was carried for: one that is
    taken back and laid out again is looked at anew. The database takes none for anybody whom a change touches.
    """

    agreement = Within(Agreement, models.CASCADE, related_name="carried")
    participation = Within(Participation, models.CASCADE, related_name="+")
    signature = Within(Signature, models.CASCADE, related_name="carried")
    case = Within(Case, models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "agreement", "participation", "round"], name="carried_once")]
