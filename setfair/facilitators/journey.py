from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    NOMINATED = "nominated", _("nominated")
    TRAINING = "training", _("in training")
    CERTIFIED = "certified", _("certified")
    LAPSED = "lapsed", _("lapsed")
    LEFT = "left", _("left")


JOURNEY = {
    Stage.NOMINATED: frozenset({Stage.TRAINING, Stage.LEFT}),
    Stage.TRAINING: frozenset({Stage.CERTIFIED, Stage.LEFT}),
    Stage.CERTIFIED: frozenset({Stage.LAPSED, Stage.LEFT}),
    Stage.LAPSED: frozenset({Stage.CERTIFIED, Stage.LEFT}),
    Stage.LEFT: frozenset(),
}
