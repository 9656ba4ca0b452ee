"""A newer version takes the place of the one that held."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from setfair.core.actor import Actor
from setfair.journal.journey import move

from .. import letters, queries
from ..journey import ItemStage, Stage
from ..models import Agreement, Extension, Item

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
    """The version that held until now holds no more, because this one does; None when there was none."""
    old = Agreement.objects.filter(case=agreement.case_id, stage=Stage.IN_FORCE).exclude(pk=agreement.pk).first()
    if old is not None:
        letters.stop(old, by=by)
        move(old, Stage.SUPERSEDED, by=by)
    return old


@transaction.atomic
def take_over(agreement: Agreement, *, by: Actor) -> None:
    """What was done, missed, let go or given more time under the version before stands so under this one, where the promise is the same.

    `by` is the programme itself: whoever signs last has checked nothing.
    """
    for item, was in _same(agreement):
        for given in was.extensions.order_by("at", "id"):
            Extension.objects.create(item=item, **{name: getattr(given, name) for name in GIVEN})
        if was.due_on != item.due_on:
            item.due_on = was.due_on
            item.save(update_fields=["due_on"])
        for step in STEPS.get(ItemStage(was.stage), ()):
            move(item, step, by=by, reason=queries.TAKEN_OVER)


def _same(agreement: Agreement) -> Iterator[tuple[Item, Item]]:
    """Each promise that nobody put in other words since the version that held, with what it was there."""
    chain = {item.pk: item for item in Item.objects.filter(case_id=agreement.case_id).select_related("agreement")}
    for item in [item for item in chain.values() if item.agreement_id == agreement.pk]:
        was: Item | None = item
        while was is not None and was.edition == 1 and was.follows_id is not None:
            was = chain.get(was.follows_id)
            if was is not None and was.agreement.stage == Stage.SUPERSEDED:
                yield item, was
                break
