"""What was tried with somebody, and since when nobody was in touch."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Max

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.people.models import Contact

from ..models import Attempt, Consent, Invitation, Meeting


def attempts_of(participation: Participation) -> list[Attempt]:
    """The latest first."""
    return list(Attempt.objects.filter(participation=participation).order_by("-on", "-at", "-id"))


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
