"""Between two meetings: what was being written rests until `take_up`."""

from __future__ import annotations

from django.db import transaction

from setfair.core.actor import Actor
from setfair.journal.journey import move

from .. import letters, queries
from ..journey import Stage
from ..models import Agreement
from .presenting import reopen
from .renewing import rewrite


@transaction.atomic
def let_rest(agreement: Agreement, *, by: Actor) -> Agreement:
    """Keep it as it is until they meet again; meanwhile only the team reads it, and nobody is asked for anything.

    What lay there to be signed rests as a draft. If somebody had signed, their words stay as they are, and the
    next version rests.
    """
    locked = queries.lock(agreement)
    letters.stop(locked, by=by)
    if locked.stage == Stage.SIGNING:
        locked = rewrite(locked, by=by) if queries.signatures(locked) else reopen(locked, by=by)
    return move(locked, Stage.RESTS, by=by)
