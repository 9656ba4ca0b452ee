from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    NAMING = "naming", _("its columns wait to be named")
    LOOKING = "looking", _("being looked through")
    LOOKED = "looked", _("looked through, nothing brought in yet")
    RUNNING = "running", _("being brought in")
    DONE = "done", _("brought in")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")
    DROPPED = "dropped", _("put away")


JOURNEY = {
    Stage.NAMING: frozenset({Stage.LOOKING, Stage.DROPPED}),
    Stage.LOOKING: frozenset({Stage.LOOKED, Stage.DROPPED}),
    Stage.LOOKED: frozenset({Stage.NAMING, Stage.LOOKING, Stage.RUNNING, Stage.DROPPED}),
    Stage.RUNNING: frozenset({Stage.DONE}),
    Stage.DONE: frozenset({Stage.UNDOING}),
    Stage.UNDOING: frozenset({Stage.UNDONE}),
    Stage.UNDONE: frozenset(),
    Stage.DROPPED: frozenset(),
}

BUSY = frozenset({Stage.LOOKING, Stage.RUNNING, Stage.UNDOING})
"""What the worker has to do with it."""
