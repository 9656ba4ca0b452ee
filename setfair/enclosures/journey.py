"""Which stages of a file that came with a request may follow which."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    UNCHECKED = "unchecked", _("not checked for harm")
    KEPT = "kept", _("kept")
    LAID = "laid", _("laid to the case")
    GONE = "gone", _("taken away")


JOURNEY = {
    Stage.UNCHECKED: frozenset({Stage.KEPT, Stage.LAID, Stage.GONE}),
    Stage.KEPT: frozenset({Stage.LAID, Stage.GONE}),
    Stage.LAID: frozenset(),
    Stage.GONE: frozenset(),
}

THERE = (Stage.UNCHECKED, Stage.KEPT)
"""Where its bytes lie with the request."""


class Gone(models.TextChoices):
    """Why a file went; its bytes go with it."""

    TAKEN_AWAY = "taken_away", _("somebody took it away")
    HARMFUL = "harmful", _("it was found harmful")
