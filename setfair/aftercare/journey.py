from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    OWED = "owed", _("still to do")
    DONE = "done", _("done")
    UNREACHED = "unreached", _("nobody was reached")
    NOT_WANTED = "not_wanted", _("they do not want it")
    ENDED = "ended", _("not needed any more")


JOURNEY = {
    Stage.OWED: frozenset({Stage.DONE, Stage.UNREACHED, Stage.NOT_WANTED, Stage.ENDED}),
    Stage.DONE: frozenset(),
    Stage.UNREACHED: frozenset(),
    Stage.NOT_WANTED: frozenset(),
    Stage.ENDED: frozenset(),
}
