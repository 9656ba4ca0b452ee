from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    DRAFTING = "drafting", _("being written")
    RESTS = "rests", _("rests until they meet again")
    SIGNING = "signing", _("being signed")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("replaced by a newer one")
    ENDED = "ended", _("ended")


JOURNEY = {
    Stage.DRAFTING: frozenset({Stage.SIGNING, Stage.RESTS, Stage.ENDED}),
    Stage.RESTS: frozenset({Stage.DRAFTING, Stage.ENDED}),
    Stage.SIGNING: frozenset({Stage.DRAFTING, Stage.IN_FORCE, Stage.ENDED}),
    Stage.IN_FORCE: frozenset({Stage.SUPERSEDED, Stage.ENDED}),
    Stage.SUPERSEDED: frozenset(),
    Stage.ENDED: frozenset(),
}


class ItemStage(models.TextChoices):
    PROMISED = "promised", _("promised")
    KEPT = "kept", _("done, to be checked")
    PARTLY = "partly", _("done in part")
    WAIVED = "waived", _("no longer asked for")
    REPLACED = "replaced", _("replaced")
    MISSED = "missed", _("needs a talk")
    VERIFIED = "verified", _("done")


ITEM_JOURNEY = {
    ItemStage.PROMISED: frozenset({ItemStage.KEPT, ItemStage.PARTLY, ItemStage.WAIVED, ItemStage.REPLACED, ItemStage.MISSED}),
    ItemStage.KEPT: frozenset({ItemStage.VERIFIED, ItemStage.PROMISED, ItemStage.MISSED}),
    ItemStage.PARTLY: frozenset({ItemStage.KEPT, ItemStage.WAIVED, ItemStage.MISSED, ItemStage.VERIFIED}),
    ItemStage.MISSED: frozenset({ItemStage.PROMISED, ItemStage.KEPT, ItemStage.PARTLY, ItemStage.WAIVED, ItemStage.REPLACED}),
    ItemStage.WAIVED: frozenset(),
    ItemStage.REPLACED: frozenset(),
    ItemStage.VERIFIED: frozenset(),
}

SETTLED = frozenset({ItemStage.VERIFIED, ItemStage.WAIVED, ItemStage.REPLACED, ItemStage.PARTLY})
"""Stages in which an item no longer waits for anybody. A missed one waits for a talk, and for what comes of it."""

WORTH_TELLING = SETTLED | {ItemStage.MISSED}
"""Stages of which a person harmed is told when an item comes to stand there."""

OPEN = frozenset({ItemStage.PROMISED, ItemStage.PARTLY, ItemStage.MISSED})
"""Stages in which there is something to tell us, or to talk about."""
