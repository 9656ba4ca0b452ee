"""An answer slip that came back, or what somebody said in its place, as the team typed it in: how, on which day, and who saw it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.records import A_DAY, Kept, Walled, Within
from setfair.vault.fields import SealedText

from .fact import Fact


class Slip(Fact):
    """What stands behind each answer that was typed in from it. What they wrote beside the questions is kept in their own words, for the team.

    `seen_by` is who was there when they wrote or said it: an officer, a teacher, one of us.
    """

    class Method(models.TextChoices):
        PAPER = "paper", _("on paper")
        SAID = "said", _("said to one of us")

    class Support(models.TextChoices):
        FOUND = "found", _("has somebody")
        WANTED = "wanted", _("is still looking")
        NONE = "none", _("wants nobody")

    participation = Within(Participation, models.CASCADE, related_name="slips")
    method = models.CharField(_("how"), max_length=5, choices=Method)
    on = models.DateField(_("the day"))
    seen_by = SealedText(of="case_id", verbose_name=_("who saw it"))
    support = models.CharField(_("who comes with them"), max_length=6, choices=Support, blank=True, default="")
    support_name = SealedText(of="case_id", verbose_name=_("their name"))
    words = SealedText(of="case_id", verbose_name=_("in their own words"))
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [Kept(condition=Q(on__lte=F("at") + A_DAY), name="slip_was_written")]


class SlipLook(Walled):
    """That somebody else than whoever typed it in has compared it with the paper; the database takes no second look of the same one."""

    slip = Within(Slip, models.CASCADE, related_name="looks")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "slip"], name="slip_look_once")]
