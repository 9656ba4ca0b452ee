from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    HELD = "held", _("waits for somebody to look")
    DUE = "due", _("on its way")
    PRINTED = "printed", _("on paper, not handed over yet")
    SENT = "sent", _("sent")
    HANDED = "handed", _("posted or handed over")
    FAILED = "failed", _("could not be sent")
    WITHDRAWN = "withdrawn", _("withdrawn")


JOURNEY = {
    Stage.HELD: frozenset({Stage.DUE, Stage.WITHDRAWN}),
    Stage.DUE: frozenset({Stage.HELD, Stage.PRINTED, Stage.SENT, Stage.FAILED, Stage.WITHDRAWN}),
    Stage.PRINTED: frozenset({Stage.HANDED, Stage.WITHDRAWN}),
    Stage.FAILED: frozenset({Stage.DUE, Stage.HANDED, Stage.WITHDRAWN}),
    Stage.SENT: frozenset({Stage.FAILED}),
    Stage.HANDED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
}

NOT_GONE = (Stage.HELD, Stage.DUE, Stage.PRINTED, Stage.FAILED)
"""Stages in which a letter has not reached anybody yet, and can still be stopped."""
