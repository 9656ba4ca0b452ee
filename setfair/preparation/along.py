"""What goes along to another place of the same person: whatever is not a yes, as it was said, and what they need, to be arranged anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from setfair.cases.models import Participation
from setfair.core.records import Walled

from .models import Acknowledgement, Arrangement, Break, BreakEnd, CallWish, Consent, Fact, ObserverAnswer, SafetyCheck, Tick
from .queries import unanswered
from .queries.own import STOPPED

YES = Consent.Answer.YES
ABOUT = ("participation_id", "giver_id", "observer_id", "by")


def carry(was: Participation, now: Participation) -> None:
    """Lay down in the new place what stands in the old one, of its own moment and in the word of whoever gave it. No yes, no talk and no
    good look at safety goes along.
    """
    for fact in _standing(was):
        again(fact, was, now)
    for *_before, tick in _by(Tick.objects.filter(participation=was).annotate(line=F("item__number")), "line"):
        if tick.answer != Tick.Answer.TAKEN_BACK:
            again(tick, was, now)
    for *_before, need in _by(Arrangement.objects.filter(participation=was), "kind"):
        if need.state != Arrangement.State.NOT_NEEDED:
            again(need, was, now, state=Arrangement.State.NEEDED, for_day=None, interpreter_id=None, no_kin=False)


def again(fact: Walled, was: Participation, now: Participation, **changed: Any) -> None:
    """The same fact, of the new place."""
    said = {f.attname: getattr(fact, f.attname) for f in fact._meta.concrete_fields if not f.primary_key}
    moved = {name: now.pk for name in ABOUT if said.get(name) == was.pk}
    type(fact)._default_manager.create(**{**said, **moved, **changed})


def _standing(was: Participation) -> Iterable[Fact]:
    theirs = Q(participation=was) | Q(giver=was)
    for asked in _by(Consent.objects.filter(theirs), "participation_id", "giver_id", "scope", "recipient_id"):
        yield from _noes(asked)
    yield from _no_part(list(_in_order(Acknowledgement.objects.filter(participation=was))))
    yield from (looks[-1] for looks in _by(SafetyCheck.objects.filter(participation=was)) if looks[-1].level == "high")
    watched = ObserverAnswer.objects.filter(Q(participation=was) | Q(observer=was))
    yield from (said[-1] for said in _by(watched, "participation_id", "observer_id") if said[-1].answer != ObserverAnswer.Answer.YES)
    yield from Break.objects.filter(theirs, ~Exists(BreakEnd.objects.filter(ended=OuterRef("pk"))))
    yield from unanswered(CallWish.objects.filter(participation=was))


def _noes(said: list[Consent]) -> list[Consent]:
    """The last word if it is no yes, and each no of their own page that they have not lifted there or on paper: no spoken yes goes past it."""
    kept: list[Consent] = []
    for answer in said:
        if answer.method == Consent.Method.OWN and answer.answer in STOPPED:
            kept.append(answer)
        elif answer.method == Consent.Method.OWN or (answer.method, answer.answer) == (Consent.Method.PAPER, YES):
            kept = []
    return kept if said[-1].answer == YES or said[-1] in kept else [*kept, said[-1]]


def _no_part(said: list[Acknowledgement]) -> list[Acknowledgement]:
    """The same of their part in what happened."""
    own = [part for part in said if part.method != Consent.Method.SAID][-1:]
    return [part for part in dict.fromkeys([*own, *said[-1:]]) if not part.given]


def _in_order(rows: Any) -> Any:
    return rows.order_by("at", "id")


def _by(rows: Any, *about: str) -> list[list[Any]]:
    """What was said about each thing, in its order."""
    things: dict[tuple[Any, ...], list[Any]] = {}
    for row in _in_order(rows):
        things.setdefault(tuple(getattr(row, name) for name in about), []).append(row)
    return list(things.values())
