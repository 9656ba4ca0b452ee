from __future__ import annotations

from django.db import transaction

from setfair.cases.models import Participation
from setfair.core.actor import Actor

from .. import queries
from ..journey import Stage
from ..models import Agreement, Item
from .presenting import reopen
from .renewing import rewrite
from .signing import come_into_force


@transaction.atomic
def go_on_without(agreement: Agreement, participation: Participation, /, *, by: Actor) -> Agreement:
    """Somebody left while it is being signed.

    If they had promised something in it that is not done, or decided for a young person whom nobody else speaks for, or nobody
    has signed yet and nobody is left to, it goes back to be written; else it holds as soon as all the others have signed.
    """
    locked = queries.lock(agreement)
    if locked.stage != Stage.SIGNING:
        return agreement
    waits, signed = queries.still_to_sign(locked).exists(), bool(queries.signatures(locked))
    promised = Item.objects.filter(queries.made_by(participation), agreement=locked).exclude(pk__in=queries.done_before(locked)).exists()
    if promised or queries.undecided(locked) or not (waits or signed):
        return rewrite(agreement, by=by) if signed else reopen(agreement, by=by)
    if queries.everyone_has_signed(locked):
        come_into_force(agreement, by=by)
    return agreement
