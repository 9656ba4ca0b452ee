from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    SEARCHING = "searching", _("times are searched for")
    DRAFT = "draft", _("a draft, nothing is booked")
    BOOKING = "booking", _("being booked")
    DONE = "done", _("booked")
    DROPPED = "dropped", _("put away")


JOURNEY = {
    Stage.SEARCHING: frozenset({Stage.DRAFT, Stage.DROPPED}),
    Stage.DRAFT: frozenset({Stage.SEARCHING, Stage.BOOKING, Stage.DROPPED}),
    Stage.BOOKING: frozenset({Stage.DRAFT, Stage.DONE}),
    Stage.DONE: frozenset(),
    Stage.DROPPED: frozenset(),
}

BUSY = frozenset({Stage.SEARCHING, Stage.BOOKING})
"""What the worker has to do with it."""

LIVE = BUSY | {Stage.DRAFT}
