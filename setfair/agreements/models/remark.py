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

    The team reads it. `shown` is the wish that whoever else reads the agreement may: it counts once somebody of the team has read
    the words and let them pass (`RemarkLet`), and the agreement holds. `by` is who of the team wrote it down for them; none for words
    from their own page. Once it holds, none is added and none goes (a trigger).
    """

    signature = Within(Signature, models.CASCADE, related_name="remarks")
    case = Within(Case, models.CASCADE, related_name="+")
    words = SealedText(of="case_id")
    shown = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)


class RemarkLet(Walled):
    """That somebody of the team has read words under a name that are meant for everyone, and let them pass to the others, or kept them with
    the team.

    A fact. What was kept can be let pass later, and never the other way. A trigger lets only the latest words pass, which their writer
    wants shown, while the agreement is signed or holds, where people meet and no two of the circle are kept apart. Whether two of them
    are is asked again wherever the words are read.
    """

    remark = Within(Remark, models.CASCADE, related_name="lets")
    passes = models.BooleanField()
    case = Within(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "remark", "passes"], name="remark_let_once")]
