from __future__ import annotations

from typing import Any

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor
from setfair.journal.journey import moved

from . import queries
from .actions import end, go_on_without
from .journey import Stage

AWAY = (CaseStage.PREPARING, CaseStage.READY, CaseStage.CLOSED)
"""Where a case stands when nothing is being written, signed or kept."""


def let_it_end(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """A case that goes back or closes takes its agreement with it. The journal says that it ended, never because of whom."""
    if to in AWAY:
        agreement = queries.live(subject)
        if agreement is not None:
            end(agreement, by=by, reason=f"case_{to}")


def go_on(sender: Any, subject: Participation, to: str, by: Actor, **told: Any) -> None:
    """What lies there to be signed does not wait for somebody who left, and does not hold with a promise of theirs."""
    agreement = queries.live(subject.case)
    if to == "left" and agreement is not None and agreement.stage == Stage.SIGNING:
        go_on_without(agreement, subject, by=by)


def connect() -> None:
    moved.connect(go_on, sender=Participation, dispatch_uid="agreements.go_on")
    moved.connect(let_it_end, sender=Case, dispatch_uid="agreements.let_it_end")
