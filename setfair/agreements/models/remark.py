"""A few words of one's own under one's name."""

from __future__ import annotations

from django.db import models

from setfair.cases.models import Case
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

from .agreement import Signature

LONGEST = 300
"""Letters: a word under a name, and no second agreement."""


class Remark(Walled):
    """What somebody says under their signature: a yes with words of their own. Of several the latest counts; empty, it was taken away.

    The team reads it; whoever else reads the agreement does so only if they chose that (`shown`), and once it holds. `by` is who
    of the team wrote it down for them; none for words from their own page. Once it holds, none is added and none goes (a trigger).
    """

    signature = Within(Signature, models.CASCADE, related_name="remarks")
    case = Within(Case, models.CASCADE, related_name="+")
    words = SealedText(of="case_id")
    shown = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)
