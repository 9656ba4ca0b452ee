"""When one closed case or answered request is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.cases.queries import lock
from setfair.journal.models import Entry
from setfair.outcomes.models import Closure
from setfair.referrals.journey import Stage as Asked
from setfair.referrals.models import Referral

from ..endings import OF_REASON, STALE, Group
from ..models import Longer, Notice
from .rules import rules

Thing = Case | Referral
ENDS = {Asked.DECLINED: Group.DECLINED, Asked.TALKED: Group.DECLINED, Asked.WITHDRAWN: Group.TAKEN_BACK}


@dataclass(frozen=True)
class Term:
    """How one that has ended stands: the fact that it did, by which rule it is kept, until which day, and the warning that still counts.

    The day is the one its rule gives, or the later one until which it was asked to be kept.
    """

    fact: Closure | Entry
    group: Group
    day: date
    notice: Notice | None

    @property
    def ended(self) -> datetime:
        return self.fact.at


def is_closed(thing: Thing) -> bool:
    """Whether it has ended. What is open is never forgotten; a request that became a case goes with the case."""
    return thing.stage == Stage.CLOSED if isinstance(thing, Case) else thing.stage in ENDS


def terms(things: Sequence[Thing]) -> dict[UUID, Term]:
    """For many at once, in the same few questions whatever their number; what is open has none."""
    ended = [thing for thing in things if is_closed(thing)]
    facts, days = _facts(ended), rules() if ended else {}
    longer, notices = _latest(Longer, ended), _latest(Notice, ended)
    found = {}
    for thing in ended:
        fact, group = facts.get(thing.pk), None
        if fact is not None:
            group = OF_REASON[fact.reason] if isinstance(fact, Closure) else ENDS[Asked(thing.stage)]
        if fact is None or group is None:
            continue
        by_rule = timezone.localdate(fact.at) + timedelta(days=days[group])
        day = max([by_rule, *(row.until for row in longer.get(thing.pk, ()))])
        since = max(day, timezone.localdate() - STALE)
        told = [row for row in notices.get(thing.pk, ()) if row.forget_on >= since]
        found[thing.pk] = Term(fact, group, day, max(told, key=lambda row: row.forget_on, default=None))
    return found


def _facts(ended: Sequence[Thing]) -> dict[UUID, Closure | Entry]:
    """That each has ended: the closing of a case, the last step of a request to where it stands."""
    found: dict[UUID, Closure | Entry] = {}
    cases = [thing.pk for thing in ended if isinstance(thing, Case)]
    stages = {str(thing.pk): thing for thing in ended if isinstance(thing, Referral)}
    if cases:
        found |= {row.case_id: row for row in Closure.objects.filter(case__in=cases)}
    if stages:
        moves = Entry.objects.filter(subject_kind=Referral._meta.label_lower, subject_id__in=stages, verb="moved").order_by("id")
        found |= {stages[row.subject_id].pk: row for row in moves if row.detail.get("to") == stages[row.subject_id].stage}
    return found


def _latest(model: type[Any], ended: Sequence[Thing]) -> dict[UUID, list[Any]]:
    keys = [thing.pk for thing in ended]
    found: dict[UUID, list[Any]] = {}
    for name in ("case", "referral"):
        for row in model.objects.filter(**{f"{name}__in": keys}) if keys else ():
            found.setdefault(getattr(row, f"{name}_id"), []).append(row)
    return found


def _term(thing: Thing) -> Term | None:
    return terms([thing]).get(thing.pk)


def was_ended(thing: Thing) -> Closure | Entry | None:
    """The fact that it ended."""
    term = _term(thing)
    return term.fact if term is not None else None


def ended_at(thing: Thing) -> datetime | None:
    term = _term(thing)
    return term.ended if term is not None else None


def group_of(thing: Thing) -> Group | None:
    """By which rule it is kept; None while it is open."""
    term = _term(thing)
    return term.group if term is not None else None


def forget_on(thing: Thing) -> date | None:
    """The day its rule gives, or the later one until which it was asked to be kept; None while it is open."""
    term = _term(thing)
    return term.day if term is not None else None


def noticed(thing: Thing) -> Notice | None:
    """The warning that still counts: given for the day that stands now or a later one, and not so old that it has to be given again."""
    term = _term(thing)
    return term.notice if term is not None else None


def hold_still(thing: Thing) -> None:
    """Lock it, and read its stage anew: whoever keeps, holds or forgets goes one after the other."""
    if isinstance(thing, Case):
        lock(thing)
    else:
        thing.refresh_from_db(fields=["stage"], from_queryset=Referral.objects.select_for_update(of=("self",)))


def about(thing: Thing) -> dict[str, Thing]:
    return {"case" if isinstance(thing, Case) else "referral": thing}
