"""A slip of the pen that was put right in words people have signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

from ..slips import MOST_SIGNS
from .item import Item

MOST = 3
"""How often a promise is put right in one version, taken back or not."""


class Spelling(Walled):
    """That the team put a spelling right in a promise that is being signed or holds: how the words stood, and how they are read since.

    The signatures stand, and so does what each of them saw. `signs` is by how many letters the two differ.
    """

    class Part(models.TextChoices):
        WHAT = "what", _("what")
        PROOF = "proof_wanted", _("how we will know")
        HARD = "if_hard", _("what if it is hard")

    item = Within(Item, models.CASCADE, related_name="spellings")
    case = Within(Case, models.CASCADE, related_name="+")
    part = models.CharField(max_length=12, choices=Part)
    before = SealedText(of="case_id")
    after = SealedText(of="case_id")
    signs = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(signs__range=(1, MOST_SIGNS)), name="spelling_of_few_signs")]


class SpellingBack(Walled):
    """That a correction counts no more: somebody whose name stands there says that it is more than spelling, or the team takes it back."""

    spelling = Within(Spelling, models.CASCADE, related_name="backs")
    participation = Within(Participation, models.CASCADE, null=True, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "spelling"], name="spelling_back_once"),
            models.CheckConstraint(
                condition=Q(participation__isnull=False, by__isnull=True) | Q(participation__isnull=True, by__isnull=False),
                name="spelling_back_of_one",
            ),
        ]
