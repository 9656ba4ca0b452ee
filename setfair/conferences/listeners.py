from __future__ import annotations

from typing import Any

from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Participation
from setfair.core.actor import Actor
from setfair.journal.journey import moved

from . import actions, queries


def follow_the_case(sender: Any, subject: Case, to: str, by: Actor, **told: Any) -> None:
    """A booked time has its circle in the same moment; a case that goes back or closes takes it away again."""
    if to == Stage.SCHEDULED:
        actions.plan(subject, by=by)
    elif to == Stage.FOLLOWING_UP:
        actions.end_with_agreement(subject, by=by)
    elif to in (Stage.PREPARING, Stage.READY, Stage.CLOSED):
        actions.give_up(subject, by=by)


def when_somebody_leaves(sender: Any, subject: Participation | Assignment, to: str, by: Actor, **told: Any) -> None:
    """They may have heard the code of the room, and it is read aloud anew to whoever stays."""
    conference = queries.open_conference(subject.case) if to == "left" else None
    if conference is not None:
        actions.change_the_code(conference, by=by)


def connect() -> None:
    moved.connect(when_somebody_leaves, sender=Participation, dispatch_uid="conferences.when_somebody_leaves")
    moved.connect(when_somebody_leaves, sender=Assignment, dispatch_uid="conferences.when_one_of_the_team_leaves")
    moved.connect(follow_the_case, sender=Case, dispatch_uid="conferences.follow_the_case")
