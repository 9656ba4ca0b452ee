"""The stages of a case, inside and as a referrer may see them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    PREPARING = "preparing", _("Preparing")
    READY = "ready", _("Ready")
    SCHEDULED = "scheduled", _("Scheduled")
    CONVENED = "convened", _("Met")
    FOLLOWING_UP = "following_up", _("Follow-up")
    CLOSED = "closed", _("Closed")


HANDED_OVER = "handed_over"
"""What the bell says when another coordinator takes a case on: no stage of it."""

JOURNEY = {
    Stage.PREPARING: frozenset({Stage.READY, Stage.CLOSED}),
    Stage.READY: frozenset({Stage.PREPARING, Stage.SCHEDULED, Stage.FOLLOWING_UP, Stage.CLOSED}),
    Stage.SCHEDULED: frozenset({Stage.PREPARING, Stage.READY, Stage.CONVENED, Stage.CLOSED}),
    Stage.CONVENED: frozenset({Stage.PREPARING, Stage.READY, Stage.FOLLOWING_UP, Stage.CLOSED}),
    Stage.FOLLOWING_UP: frozenset({Stage.PREPARING, Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}
"""Back to preparing: consent withdrawn, or an agreement not kept (reconvening). Back to ready: the booking lost, the circle adjourned.
From ready to follow-up: they agreed without a meeting."""

PUBLIC = {
    Stage.PREPARING: _("Preparing"),
    Stage.READY: _("Preparing"),
    Stage.SCHEDULED: _("Preparing"),
    Stage.CONVENED: _("Meeting"),
    Stage.FOLLOWING_UP: _("Follow-up"),
    Stage.CLOSED: _("Closed"),
}
"""What whoever sent the request is told: never whether a date was lost, and never why (practice.md 1.2)."""
