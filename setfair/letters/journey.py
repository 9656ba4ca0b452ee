from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    HELD = "held", _("held back")
    DUE = "due", _("on its way")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    WITHDRAWN = "withdrawn", _("withdrawn")


JOURNEY = {
    Stage.HELD: frozenset({Stage.DUE, Stage.WITHDRAWN}),
    Stage.DUE: frozenset({Stage.SENT, Stage.FAILED, Stage.WITHDRAWN}),
    Stage.FAILED: frozenset({Stage.DUE, Stage.WITHDRAWN}),
    Stage.SENT: frozenset(),
    Stage.WITHDRAWN: frozenset(),
}
