"""Its promises."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import inherited
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

from .. import journey
from .agreement import Agreement


def _mine(actor: Actor) -> Q | None:
    """A promise is its owner's page once it holds; before that it is words on the agreement."""
    if actor.kind != Kind.PARTICIPANT:
        return None
    return Q(owner=actor.id, owner__left_at__isnull=True, agreement__stage=journey.Stage.IN_FORCE)


class Item(Walled):
    """One promise: who, what, for whom, by when, how we will know (practice.md 2.8)."""

    JOURNEY = journey.ITEM_JOURNEY
    ties = staticmethod(
        inherited("agreement", lambda: Agreement.ties(), only=frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}), takes_part=_mine)
    )

    agreement = Within(Agreement, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=8, choices=journey.ItemStage, default=journey.ItemStage.PROMISED)
    owner = Within(Participation, related_name="promises")
    owed_to = Within(Participation, null=True, blank=True, related_name="owed")
    what = SealedText(of="case_id", verbose_name=_("what"))
    proof_wanted = SealedText(of="case_id", verbose_name=_("how we will know"))
    due_on = models.DateField(_("by when"))
    through = models.UUIDField(_("who passes it on"), null=True)
    case = Within(Case, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["programme", "agreement", "order"], name="item_order")]
        indexes = [models.Index(fields=["programme", "stage", "due_on"], name="item_by_stage")]
