"""Who may read one piece of what is written or kept about a case; chosen before it is saved, and never widened afterwards."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """`WORKING` is the writer's own memory aid; `TEAM` whoever may open the case; `SAFETY` those who coordinate and supervise;
    `SHARED` the team and the one person it names."""

    WORKING = "working", _("Only me")
    TEAM = "team", _("The team of this case")
    SAFETY = "safety", _("Safety: the coordinator and the supervisor")
    SHARED = "shared", _("The team and one person here")
