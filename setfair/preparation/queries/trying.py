"""What was tried with somebody, and since when nobody was in touch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Coalesce

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.people.models import Contact

from ..models import Attempt, Consent, Invitation, Meeting


def attempts_of(participation: Participation) -> list[Attempt]:
    """The latest first."""
    return list(Attempt.objects.filter(participation=participation).order_by("-on", "-at", "-id"))


@dataclass(frozen=True)
class Spent:
    """What was spent on somebody: meetings that happened, meetings that did not, other tries, and the minutes of all of them."""

    held: int
    missed: int
    tries: int
    minutes: int


def spent_on(participation: Participation) -> Spent:
    """All that was ever written down for this place in the circle, in two questions."""
    minutes = Coalesce(Sum("minutes"), 0)
    held = Meeting.objects.filter(participation=participation).aggregate(n=Count("pk"), minutes=minutes)
    mine = Attempt.objects.filter(participation=participation)
    made = mine.aggregate(missed=Count("pk", filter=Q(way="")), tries=Count("pk", filter=~Q(way="")), minutes=minutes)
    return Spent(held["n"], made["missed"], made["tries"], held["minutes"] + made["minutes"])


def last_contact(participation: Participation) -> datetime:
    """When anything was last tried, sent, done or said with them; the day they joined, if nothing was."""
    moments = [
        *(model.objects.filter(participation=participation).aggregate(last=Max("at"))["last"] for model in (Invitation, Meeting, Attempt)),
        Consent.objects.filter(giver=participation).aggregate(last=Max("at"))["last"],
    ]
    return max((m for m in moments if m is not None), default=participation.added_at)


def is_silent(participation: Participation) -> bool:
    """Whether for as many days as the programme says nobody was in touch with them."""
    return (clock.now() - last_contact(participation)).days >= participation.case.programme.silence_days


def next_way(participation: Participation, safe: list[Contact]) -> str:
    """The safe way that was tried least, in words; empty where there is none, or they were reached."""
    made = attempts_of(participation)
    if not safe or not made or made[0].result == Attempt.Result.SPOKE:
        return ""
    tried = Counter(one.way for one in made)
    return str(Contact.Way(min(safe, key=lambda contact: tried[contact.way]).way).label)
