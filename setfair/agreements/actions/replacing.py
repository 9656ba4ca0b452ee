"""A newer version takes the place of the one that held."""

from __future__ import annotations

from django.db import transaction

from setfair.core.actor import Actor
from setfair.journal.journey import move

from .. import letters, queries
from ..journey import ItemStage, Stage
from ..models import Agreement, Extension

GIVEN = ("case_id", "was_due_on", "due_on", "at", "by")

STEPS = {
    ItemStage.KEPT: (ItemStage.KEPT,),
    ItemStage.VERIFIED: (ItemStage.KEPT, ItemStage.VERIFIED),
    ItemStage.PARTLY: (ItemStage.PARTLY,),
    ItemStage.WAIVED: (ItemStage.WAIVED,),
    ItemStage.REPLACED: (ItemStage.REPLACED,),
    ItemStage.MISSED: (ItemStage.MISSED,),
}
"""How a promise that begins as promised comes to stand where it stood under the version before."""


@transaction.atomic
def make_room(agreement: Agreement, *, by: Actor) -> Agreement | None:
    """The version of this agreement that held until now holds no more, because this one does; None when there was none.

    What is on its way about a promise that goes on as it stood goes out all the same, and is not said again.
    """
    old = queries.held_of(agreement)
    if old is not None:
        letters.stop_asking(old, by=by)
        move(old, Stage.SUPERSEDED, by=by)
        goes_on = {was.pk for _item, was in queries.same_as(agreement, Stage.SUPERSEDED)}
        for item in old.items.exclude(pk__in=goes_on):
            letters.stop_telling(item, by=by)
    return old


@transaction.atomic
def take_over(agreement: Agreement, *, by: Actor) -> None:
    """What was done, missed, let go or given more time under the version before stands so under this one, where the promise is the same.

    `by` is the programme itself: whoever signs last has checked nothing.
    """
    for item, was in queries.same_as(agreement, Stage.SUPERSEDED):
        for given in was.extensions.order_by("at", "id"):
            Extension.objects.create(item=item, **{name: getattr(given, name) for name in GIVEN})
        if was.due_on != item.due_on:
            item.due_on = was.due_on
            item.save(update_fields=["due_on"])
        for step in STEPS.get(ItemStage(was.stage), ()):
            move(item, step, by=by, reason=queries.TAKEN_OVER)
