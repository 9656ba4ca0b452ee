"""The stages of one piece, from the first word to the hand it is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    WRITING = "writing", _("Being written")
    GIVEN = "given", _("Handed in")
    KEPT = "kept", _("Kept in trust")
    OFFERED = "offered", _("Offered")
    DELIVERED = "delivered", _("Handed over")
    TAKEN_BACK = "taken_back", _("Taken back")


JOURNEY = {
    Stage.WRITING: frozenset({Stage.GIVEN, Stage.TAKEN_BACK}),
    Stage.GIVEN: frozenset({Stage.WRITING, Stage.KEPT, Stage.TAKEN_BACK}),
    Stage.KEPT: frozenset({Stage.WRITING, Stage.OFFERED, Stage.TAKEN_BACK}),
    Stage.OFFERED: frozenset({Stage.KEPT, Stage.DELIVERED, Stage.TAKEN_BACK}),
    Stage.DELIVERED: frozenset(),
    Stage.TAKEN_BACK: frozenset(),
}
"""Back to writing: given back with a reason. Back to kept: whoever it is for does not want it, now or ever."""

WITH_US = (Stage.GIVEN, Stage.KEPT, Stage.OFFERED, Stage.DELIVERED)
"""What its writer sees as one: handed in. How far it has come since is told to nobody who takes part."""
ADDRESSED = (Stage.KEPT, Stage.OFFERED, Stage.DELIVERED)
"""Stages in which somebody of the team has said whom it goes to."""
