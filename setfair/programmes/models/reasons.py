from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled

from ..reasons import Decider, Reason, Step


class OwnReason(Walled):
    """A reason that a programme added to the list. It never changes; it can be taken out of use."""

    STEPS = [(step.value, step.label) for step in (Step.NO, Step.REST, Step.STOP, Step.END)]

    name = models.CharField(_("in a few words"), max_length=60)
    step = models.CharField(_("where it is used"), max_length=4, choices=STEPS)
    decider = models.CharField(_("whose decision it is"), max_length=11, choices=Decider)
    since = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("since", "id")
        constraints = [models.UniqueConstraint(fields=["programme", "step", "decider", "name"], name="own_reason_once")]

    def __str__(self) -> str:
        return self.name


def one_reason(name: str) -> models.CheckConstraint:
    """A code of ours, or that it is the programme's own and which: for every table with a `reason` and an `own`."""
    return models.CheckConstraint(condition=Q(reason=Reason.OWN, own__isnull=False) | (~Q(reason=Reason.OWN) & Q(own__isnull=True)), name=name)
