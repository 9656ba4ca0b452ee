"""That something of the programme's checklist is done with somebody, or does not apply to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core.records import Within
from setfair.programmes.models import ChecklistItem
from setfair.vault.fields import SealedText

from .fact import Fact


class Tick(Fact):
    """What became of one line of the list, in the words that it had then (`item`). Of each line, by its number, the latest counts."""

    class Answer(models.TextChoices):
        DONE = "done", _("done")
        NOT_FOR_THEM = "not_for", _("does not apply")
        TAKEN_BACK = "back", _("taken back")

    class Why(models.TextChoices):
        NOT_HERE = "not_here", _("it does not come up here")
        KNOWN = "known", _("they know it from before")
        OTHERS = "others", _("somebody else does it with them")
        UNWANTED = "unwanted", _("they do not want to talk about it")

    participation = Within(Participation, models.CASCADE, related_name="ticks")
    item = Within(ChecklistItem, related_name="+")
    answer = models.CharField(max_length=7, choices=Answer)
    why = models.CharField(_("why it does not apply"), max_length=8, choices=Why, blank=True, default="")
    words = SealedText(of="case_id", verbose_name=_("in a few words"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(answer="not_for", why__gt="") | (~Q(answer="not_for") & Q(why="")), name="tick_says_why")]
