"""The list of reasons as one programme has it: ours, and its own among them."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst

from setfair.core import tenant

from . import wording
from .models import OwnReason
from .reasons import AT, DECIDED, GROUPS, Decider, Reason, Step

Groups = list[tuple[str, list[tuple[str, str]]]]


def listed(step: Step) -> Groups:
    """What can be chosen at this step, under whose decision it was; a reason of the programme's own is chosen by its id."""
    own: dict[str, list[tuple[str, str]]] = {}
    for one in _in_use():
        if one.step == step:
            own.setdefault(one.decider, []).append((str(one.pk), one.name))
    found = []
    for decider, reasons in GROUPS.items():
        ours = [(reason.value, capfirst(str(reason.label))) for reason in reasons if reason in AT[step]]
        if ours or decider in own:
            found.append((called(decider), ours + own.get(decider, [])))
    return found


def _in_use() -> list[OwnReason]:
    """Looked up once in a stay, and only where a list is really shown."""
    kept = tenant.scope().kept
    if "programmes.reasons" not in kept:
        kept["programmes.reasons"] = list(OwnReason.objects.filter(closed_at__isnull=True))
    return kept["programmes.reasons"]


def forget() -> None:
    """After a change in this stay: look the list up again."""
    tenant.scope().kept.pop("programmes.reasons", None)


def called(decider: Decider) -> str:
    """The group by its name, in the programme's own word for a role."""
    return capfirst(wording.own(decider) or str(decider.label))


def chosen(step: Step, said: str) -> dict[str, Any] | None:
    """The columns `reason` and `own` for what was chosen; None for what cannot be chosen here."""
    if said != Reason.OWN and said in AT[step]:
        return {"reason": str(said), "own": None}
    own = next((one for one in _in_use() if one.step == step and str(one.pk) == said), None)
    return {"reason": str(Reason.OWN), "own": own} if own is not None else None


def in_words(fact: Any) -> str:
    """The reason of a fact that has one, as the team reads it."""
    return str(fact.own) if fact.own is not None else str(Reason(fact.reason).label)


def decider_of(fact: Any) -> Decider:
    """Whose decision the reason of a fact is."""
    return Decider(fact.own.decider) if fact.own is not None else DECIDED[Reason(fact.reason)]
