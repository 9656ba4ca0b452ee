from __future__ import annotations

from django.db import models

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.seals.models import SealKey
from setfair.vault.fields import SealedBytes, SealedText

from .agreement import Agreement


class LastingCopy(Walled):
    """The paper that lasts: one person's copy of what holds, in their language and under the programme's seal, the same bytes each time
    it is fetched. Without a person it is the team's. `told` stands for all of which it tells beside what was laid out, as far as its reader
    reads it (`agreements_told`): spellings put right or taken back, what was put into its language, and words under names; empty for
    nothing. One that was made before stays genuine.

    `digest` is of these bytes. Where a name or a word cannot be drawn there is no file, and `undrawn` says which.
    `code_digest` is of the code at its foot (`genuine`), by which anybody asks whether it is ours; copies of before there were codes have none.
    """

    agreement = Within(Agreement, models.CASCADE, related_name="copies")
    participation = Within(Participation, models.CASCADE, null=True, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    seal = Within(SealKey, null=True, related_name="+")
    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, blank=True)
    file = SealedBytes(of="case_id")
    undrawn = SealedText(of="case_id")
    code_digest = models.BinaryField(max_length=32, null=True)
    told = models.CharField(max_length=64, blank=True, default="", db_default="")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "agreement", "participation", "told"], nulls_distinct=False, name="lasting_copy_once"),
            models.CheckConstraint(
                condition=models.Q(digest="", seal__isnull=True) | ~models.Q(digest="") & models.Q(seal__isnull=False), name="lasting_copy_sealed"
            ),
            models.UniqueConstraint(fields=["programme", "code_digest"], name="lasting_copy_code_once"),
            models.CheckConstraint(condition=models.Q(code_digest__isnull=True) | ~models.Q(digest=""), name="lasting_copy_code_of_a_file"),
        ]
        indexes = [models.Index("code_digest", name="lasting_copy_by_code")]
