"""The one mover of stages, and the one bell of the house.

A noun that travels has a `stage` column and a `JOURNEY` (its own `journey.py`): which
stages may follow which. Whether the facts allow the step is the caller's question.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.core.records import Walled

from .actions import record

Journey = Mapping[str, frozenset[str]]
Traveller = TypeVar("Traveller", bound=Walled)

moved = Signal()
"""Rung inside the mover's transaction, with `subject`, `was`, `to` and `by`. A listener tidies its own floor and nothing else.

A place in the circle has no stage, nor has a part in a team; when somebody leaves theirs, `cases.let_go` and `cases.unassign` ring too
(`was` here, `to` left). So does the end of somebody's last role in the team, with the `Membership`; a case that another coordinator takes on (`was`
the id of whoever had it, `to` no stage of it but `handed_over`); and a wall between two people, with the `NoContact` (`to` barred)."""


class WrongStep(Exception):
    """The journey has no such step from where the row stands now; often because somebody else was quicker."""


@transaction.atomic
def move(subject: Traveller, to: str, *, by: Actor, reason: str = "") -> Traveller:
    """Take `subject` one step along its journey: lock, check, write stage and journal line, ring the bell.

    The caller's object has the new stage afterwards. `reason` is a code. Raises
    `WrongStep`, and then nothing has changed.
    """
    model = type(subject)
    locked = model._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    was = locked.stage  # type: ignore[attr-defined]
    if to not in model.JOURNEY[was]:  # type: ignore[attr-defined]
        raise WrongStep(_("This has moved on in the meantime. Please look at the page again."))
    model._default_manager.filter(pk=subject.pk).update(stage=to)
    subject.stage = to  # type: ignore[attr-defined]
    record("moved", subject, by=by, was=was, to=to, reason=reason)
    moved.send(sender=model, subject=subject, was=was, to=to, by=by)
    return subject
