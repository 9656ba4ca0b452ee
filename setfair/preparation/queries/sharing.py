"""What was shared about somebody and with whom, who has looked, and on what yes something may go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q
from django.utils.text import capfirst

from setfair.cases.models import SPEAKERS, Case, Participation
from setfair.core.actor import Kind
from setfair.referrals.models import Referral

from ..models import Consent, Disclosure, Recipient
from ..yes import Scope
from .looking import looks_about, parts_of
from .own import guardian_is_asked, guardian_said_no, may_answer
from .record import live_yes

FOR_A_CHILD_TOO = (Scope.SHARE,)
"""What a parent or guardian who decides for a young person must say yes to as well, before it goes out."""


@dataclass(frozen=True)
class Looked:
    """As what somebody of the staff opened pages of this case: how often (at most once an hour for each page), and when last."""

    part: str
    times: int
    last: datetime


def shared_about(place: Participation) -> list[Disclosure]:
    """What went out about this person, of this case or of none, the latest first."""
    rows = Disclosure.objects.filter(Q(case=place.case_id) | Q(case__isnull=True), person=place.person_id)
    return list(rows.select_related("recipient", "receiver__person", "consent__text").order_by("-at", "-id"))


def who_looked(place: Participation) -> list[Looked]:
    """As what those of the staff stand here who opened this person's own page, or one on which everybody stands, since they are here.

    Whoever looked last first; nobody is named.
    """
    lines = looks_about(place).filter(actor_kind=Kind.STAFF.value)
    rows = list(lines.order_by().values("actor_id").annotate(times=Count("id"), last=Max("at")).order_by("-last"))
    parts = parts_of(place.case_id, {row["actor_id"] for row in rows})
    found: dict[str, Looked] = {}
    for row in rows:
        part = capfirst(parts[row["actor_id"]])
        there = found.get(part)
        found[part] = Looked(part, row["times"] + (there.times if there else 0), there.last if there else row["last"])
    return list(found.values())


def case_behind(referral: Referral) -> Case | None:
    return Case.objects.filter(referral=referral).first()


def concerned(case: Case) -> list[Participation]:
    """Whose yes it takes to tell the outcome: everyone who sits in the circle, and whoever left it but had said yes to taking part."""
    rows = Participation.objects.filter(case=case, role__in=SPEAKERS).select_related("person", "case__programme").order_by("added_at", "id")
    took_part = set(Consent.objects.filter(case=case, scope=Scope.TAKE_PART, answer=Consent.Answer.YES).values_list("participation_id", flat=True))
    return [place for place in rows if place.left_at is None or place.pk in took_part]


def all_let_it_be_told(case: Case) -> bool:
    people = concerned(case)
    return bool(people) and all(live_yes(place, scope=Scope.OUTCOME) is not None for place in people)


def missing_yes(place: Participation, *, scope: str, recipient: Recipient | None = None) -> Participation | None:
    """Whose yes is missing for this to go out: their own, or that of one who decides with them.

    Where a parent or guardian is to be asked and none is here, or one has said no, their own yes is not enough. It is when it
    was noted why they go without one.
    """
    givers = may_answer(place) if scope in FOR_A_CHILD_TOO and place.needs_guardian_now else [place]
    if scope in FOR_A_CHILD_TOO and guardian_is_asked(place) and (len(givers) == 1 or guardian_said_no(place)):
        return place
    return next((giver for giver in givers if live_yes(place, scope=scope, recipient=recipient, giver=giver) is None), None)
