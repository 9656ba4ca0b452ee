"""Which stages of a file may follow which."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    SHOWN = "shown", _("shown back, not sent yet")
    UNCHECKED = "unchecked", _("not checked for harm")
    KEPT = "kept", _("kept")
    REPLACED = "replaced", _("replaced")
    GONE = "gone", _("taken away")


JOURNEY = {
    Stage.SHOWN: frozenset({Stage.UNCHECKED, Stage.KEPT, Stage.GONE}),
    Stage.UNCHECKED: frozenset({Stage.KEPT, Stage.REPLACED, Stage.GONE}),
    Stage.KEPT: frozenset({Stage.REPLACED, Stage.GONE}),
    Stage.REPLACED: frozenset({Stage.GONE}),
    Stage.GONE: frozenset(),
}

THERE = (Stage.UNCHECKED, Stage.KEPT, Stage.REPLACED)
"""Where its bytes can be had by those who may open it."""


class Gone(models.TextChoices):
    """Why a file went; its bytes go with it."""

    TAKEN_AWAY = "taken_away", _("somebody took it away")
    HARMFUL = "harmful", _("it was found harmful")
    NOT_SENT = "not_sent", _("it was shown back, and not sent")
