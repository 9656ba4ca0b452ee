from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    PLANNED = "planned", _("planned")
    LIVE = "live", _("under way")
    CONCLUDED = "concluded", _("concluded")
    ADJOURNED = "adjourned", _("to be continued")
    CANCELLED = "cancelled", _("cancelled")


JOURNEY = {
    Stage.PLANNED: frozenset({Stage.LIVE, Stage.CANCELLED}),
    Stage.LIVE: frozenset({Stage.CONCLUDED, Stage.ADJOURNED, Stage.CANCELLED}),
    Stage.CONCLUDED: frozenset(),
    Stage.ADJOURNED: frozenset(),
    Stage.CANCELLED: frozenset(),
}
