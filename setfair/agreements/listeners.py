from __future__ import annotations

from typing import Any

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case
from setfair.core.actor import Actor
from setfair.journal.journey import moved

from . import queries
from .actions import end

AWAY = (CaseStage.PREPARING, CaseStage.READY, CaseStage.CLOSED)
"""Where a case stands when nothing is being written, signed or kept."""


def let_it_end(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """A case that goes back or closes takes its agreement with it. The journal says that it ended, never because of whom."""
    if to in AWAY:
        agreement = queries.live(subject)
        if agreement is not None:
            end(agreement, by=by, reason=f"case_{to}")


def connect() -> None:
    moved.connect(let_it_end, sender=Case, dispatch_uid="agreements.let_it_end")
