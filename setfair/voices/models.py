from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core.records import Within
from setfair.preparation.models import Consent, Fact, Slip
from setfair.vault.fields import SealedText


class Goal(models.TextChoices):
    """What a meeting can be for (S1.3), in words that anybody would use."""

    RESTORATION = "restoration", _("put things right")
    HEALING = "healing", _("feel better")
    RECONCILIATION = "reconciliation", _("get along again")
    UNDERSTANDING = "understanding", _("understand each other")
    RESTITUTION = "restitution", _("make up for what was lost or broken")
    ANSWERS = "answers", _("get answers")
    SAFETY = "safety", _("feel safe")
    OTHER = "other", _("something else")


class Hope(Fact):
    """What somebody hopes for, as they said it: any number of goals, and their own words. The latest counts, and saying nothing is one too."""

    participation = Within(Participation, models.CASCADE, related_name="hopes")
    goals = ArrayField(models.CharField(max_length=14), default=list)
    words = SealedText(of="case_id", verbose_name=_("in their own words"))
    method = models.CharField(max_length=5, choices=Consent.Method)
    slip = Within(Slip, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(goals__contained_by=[goal.value for goal in Goal]), name="hope_known_goals")]

    def named(self) -> list[str]:
        return [str(Goal(goal).label) for goal in self.goals]
