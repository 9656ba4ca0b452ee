"""When one closed case or answered request is forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

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
from .rules import days_of

Thing = Case | Referral
ENDS = {Asked.DECLINED: Group.DECLINED, Asked.WITHDRAWN: Group.TAKEN_BACK}


def is_closed(thing: Thing) -> bool:
    """Whether it has ended. What is open is never forgotten; a request that became a case goes with the case."""
    return thing.stage == Stage.CLOSED if isinstance(thing, Case) else thing.stage in ENDS


def was_ended(thing: Thing) -> Closure | Entry | None:
    """The fact that it ended."""
    if isinstance(thing, Case):
        return Closure.objects.filter(case=thing).first()
    moves = Entry.objects.filter(subject_kind=Referral._meta.label_lower, subject_id=str(thing.pk), verb="moved", detail__to=thing.stage)
    return moves.order_by("-id").first()


def ended_at(thing: Thing) -> datetime | None:
    fact = was_ended(thing) if is_closed(thing) else None
    return fact.at if fact is not None else None


def group_of(thing: Thing) -> Group | None:
    """By which rule it is kept; None while it is open."""
    if not is_closed(thing):
        return None
    if isinstance(thing, Referral):
        return ENDS[Asked(thing.stage)]
    closure = Closure.objects.filter(case=thing).first()
    return OF_REASON[closure.reason] if closure is not None else None


def forget_on(thing: Thing) -> date | None:
    """The day its rule gives, or the later one until which it was asked to be kept; None while it is open."""
    group, ended = group_of(thing), ended_at(thing)
    if group is None or ended is None:
        return None
    by_rule = timezone.localdate(ended) + timedelta(days=days_of(group))
    longer = Longer.objects.filter(**about(thing)).values_list("until", flat=True).first()
    return max(by_rule, longer) if longer is not None else by_rule


def noticed(thing: Thing) -> Notice | None:
    """The warning that still counts: given for the day that stands now or a later one, and not so old that it has to be given again."""
    day = forget_on(thing)
    if day is None:
        return None
    since = max(day, timezone.localdate() - STALE)
    return Notice.objects.filter(**about(thing), forget_on__gte=since).order_by("-forget_on").first()


def hold_still(thing: Thing) -> None:
    """Lock it, and read its stage anew: whoever keeps, holds or forgets goes one after the other."""
    if isinstance(thing, Case):
        lock(thing)
    else:
        thing.refresh_from_db(fields=["stage"], from_queryset=Referral.objects.select_for_update(of=("self",)))


def about(thing: Thing) -> dict[str, Thing]:
    return {"case" if isinstance(thing, Case) else "referral": thing}
