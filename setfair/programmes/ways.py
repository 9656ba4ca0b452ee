"""The ways in which people may hear each other."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """What people say yes to. None stands for another."""

    MEET = "meet", _("to meet")
    REENTRY = "reentry", _("to sit in a circle to come back")
    STANDIN = "standin", _("to meet somebody who stands in")
    CALL = "call", _("to talk in a call")
    APART = "apart", _("to hear from each other without a meeting")
