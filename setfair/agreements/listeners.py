from __future__ import annotations

from typing import Any

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor
from setfair.journal.journey import moved

from . import queries
from .actions import end, go_on_without, let_rest, take_up
from .journey import Stage
from .models import Agreement

BACK = (CaseStage.PREPARING, CaseStage.READY)
"""Where a case stands when nothing is being written, signed or kept; not for good."""


def follow_the_case(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """A step back lets rest what was being written in a circle, and the next circle takes it up. What was being signed, or holds, ends.

    Only a circle that goes on another day keeps what lay there to be signed. Once the case is closed nothing is left. The journal says
    that it rests or ended, never because of whom. With one that held ends what was to replace it. So it is with each agreement of the case.
    """
    there = queries.live(subject)
    held = {one.number for one in there if one.stage == Stage.IN_FORCE}
    for agreement in there:
        _follow(agreement, agreement.stage != Stage.IN_FORCE and agreement.number in held, to, by)


def _follow(agreement: Agreement, replaces: bool, to: str, by: Actor) -> None:
    rests = agreement.stage == Stage.RESTS
    if to == CaseStage.CONVENED and rests:
        take_up(agreement, by=by)
    elif to in BACK and not (rests or replaces) and agreement.conference_id and _is_kept(agreement.stage, to):
        let_rest(agreement, by=by)
    elif to == CaseStage.CLOSED or (to in BACK and (replaces or not rests)):
        end(agreement, by=by, reason=f"case_{to}")


def _is_kept(stage: str, to: str) -> bool:
    return stage == Stage.DRAFTING or (stage == Stage.SIGNING and to == CaseStage.READY)


def go_on(sender: Any, subject: Participation, to: str, by: Actor, **told: Any) -> None:
    """What lies there to be signed does not wait for somebody who left, and does not hold with a promise of theirs."""
    lie_there = [one for one in queries.live(subject.case) if one.stage == Stage.SIGNING] if to == "left" else []
    for agreement in lie_there:
        go_on_without(agreement, subject, by=by)


def connect() -> None:
    moved.connect(go_on, sender=Participation, dispatch_uid="agreements.go_on")
    moved.connect(follow_the_case, sender=Case, dispatch_uid="agreements.follow_the_case")
